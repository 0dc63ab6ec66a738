import { handedOut, secretsIn, signIn, signInByMail } from "../fixtures/caller";
import { fresh, publish } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { linkIn } from "../sandbox/smtp";

test("59 no secret of a link or of a step's address reaches the collector of traces", async ({ federated }) => {
  const { collector, smtp, target } = federated;
  const as = (role: string) => signIn(federated, `${role}@acme.test`);
  const [owner, author, reviewer] = [
    await as("tenant_admin"),
    await as("workflow_author"),
    await as("workflow_reviewer"),
  ];

  const email = `${fresh("guest")}@example.test`;
  const guest = await signInByMail(federated, email);
  const before = [...smtp.mails];
  await owner.ask("members.invite", { email, roles: ["read_only"] });
  const link = new URL(linkIn(await smtp.nextTo(email, before)));
  handedOut.add(link.searchParams.get("token") ?? link.href);
  expect((await guest.send(`${link.pathname}${link.search}`)).status).toBe(200);

  const key = fresh("key-of-a-target");
  handedOut.add(key);
  const request = { url: `${target.url}/hook?key=${key}` };
  const { workflowId } = await publish({ author, reviewer }, { steps: [{ id: "call", type: "http", request }] });
  const operator = await as("operator");
  await operator.ask("runs.start", { workflowId });
  await expect.poll(() => target.hits.some(({ url }) => url.includes(key))).toBe(true);

  // What was asked for has come, under the addresses without their queries.
  const names = () => collector.spans.map(({ name }) => name);
  await expect.poll(names).toContain("step http");
  await expect.poll(names).toContain("GET /invitations/[invitation]");
  const addresses = () => collector.spans.flatMap(({ attributes }) => attributes.map(({ value }) => value.stringValue));
  await expect.poll(addresses).toContain("/api/auth/callback/email");
  expect(addresses()).toContain(link.pathname);
  expect(secretsIn(collector.received())).toEqual([]);
  expect(collector.received()).not.toContain(encodeURIComponent(email));
});
