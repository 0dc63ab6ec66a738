import { spawnSync } from "node:child_process";
import path from "node:path";
import { signIn, signInByMail } from "../fixtures/caller";
import { enterAs, open } from "../fixtures/page";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { linkIn } from "../sandbox/smtp";

const conductor = path.resolve(import.meta.dirname, "..", "..", "jobs", "cli", "conductor.mjs");
const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

test("a tenant for a partner's customer is made on a page, with its plan and its first administrator", async ({
  browser,
  deployment,
}) => {
  const slug = fresh("bolt");
  const email = `${slug}@example.test`;
  const mails = [...deployment.smtp.mails];
  const context = await browser.newContext({ baseURL: deployment.url });
  await enterAs(context, deployment.url, await signIn(deployment, "conductor_admin@operator.test", "operator"));
  const page = await context.newPage();
  await open(page, "/t/operator/settings");
  const form = page.locator("section").filter({ hasText: "A tenant for somebody else" });
  await form.getByLabel("Name").fill("Bolt Ltd");
  await form.getByLabel(/^Address/).fill(slug);
  await form.getByLabel("E-mail of its first administrator").fill(email);
  await form.getByLabel("Plan", { exact: true }).selectOption("white-label");
  await form.getByLabel(/^The plan ends on/).fill(until);
  await form.getByLabel("Why, for the receipt").fill("Contract 7");
  await form.getByRole("button", { name: "Provision" }).click();
  await expect(page.getByText(`It is made in a moment, and ${email} is mailed.`)).toBeVisible();
  await context.close();

  const link = new URL(linkIn(await deployment.smtp.nextTo(email, mails)));
  const founder = await signInByMail(deployment, email, slug);
  await founder.ask("me/members.acceptInvitation", {
    invitationId: link.pathname.split("/").at(-1) ?? "",
    token: /[A-Za-z0-9_-]{43}/.exec(`${link.search}${link.hash}`)?.[0] ?? "",
  });
  await expect
    .poll(async () => (await founder.ask<{ plan: { title: string } | null }>("billing.plan")).plan?.title)
    .toBe("White-Label Edition");
});

test("a tenant is made by a command, and refused at an address that is taken", ({ deployment }) => {
  const slug = fresh("made");
  const provision = (address: string, plan: string) =>
    spawnSync(
      process.execPath,
      [
        ...[conductor, "tenants", "provision", "--name", "Made", "--slug", address, "--email", "ada@made.test"],
        ...["--plan", plan, "--expires", until, "--reason", "Contract 8", "--json"],
      ],
      { encoding: "utf8", env: { ...process.env, CONDUCTOR_HOME: deployment.home, CONDUCTOR_MODE: "demo" } },
    );
  const made = provision(slug, "pro");
  expect([made.status, JSON.parse(made.stdout)]).toEqual([0, expect.objectContaining({ slug, plan: "pro" })]);
  const again = provision(slug, "pro");
  expect([again.status, again.stderr]).toEqual([1, expect.stringContaining(`The address ${slug} is taken`)]);
  expect(provision(fresh("other"), "gold").status).toBe(2);
});
