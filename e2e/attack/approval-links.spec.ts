import { queryAsOwner } from "@/db/testing/owner-query";
import { forgetCalls } from "../fixtures/allowance";
import { handedOut, nobody } from "../fixtures/caller";
import type { Deployment } from "../fixtures/deployment";
import { finished, see, startRun } from "../fixtures/run";
import { publish, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { linkIn } from "../sandbox/smtp";

interface Asked {
  approvalId: string;
  contentHash: string;
  runId: string;
  /** What the owner was mailed: the address below the deployment's, and its token. */
  address: string;
  link: string;
}

/** A run that waits for an owner, who was mailed a link. */
async function ask(deployment: Deployment, side: TenantSide): Promise<Asked> {
  await forgetCalls(deployment);
  const stages = [{ role: "tenant_admin", quorum: 1, expires_hours: 1 }];
  const steps = [{ id: "gate", type: "approval", title: "Go on?", stages }];
  const { workflowId, contentHash } = await publish(side, { name: "Asks its owner", steps });
  const before = [...deployment.smtp.mails];
  const runId = await startRun(side, workflowId);
  const url = new URL(linkIn(await deployment.smtp.nextTo(side.owner.email, before)));
  const link = url.searchParams.get("link") ?? "";
  handedOut.add(link);
  return {
    approvalId: url.pathname.split("/").at(-1) ?? "",
    contentHash,
    runId,
    link,
    address: url.pathname + url.search,
  };
}

const decision = ({ approvalId, contentHash, link }: Asked) => ({ approvalId, contentHash, link, verdict: "approved" });
const statusOf = async ({ viewer }: TenantSide, { approvalId }: Asked) =>
  (await viewer.ask<{ status: string }>("approvals.get", { approvalId })).status;

test("49 a scanner that opens a link decides nothing, and does not use it up", async ({ deployment, sides: { a } }) => {
  const asked = await ask(deployment, a);
  for (let opened = 0; opened < 3; opened += 1) {
    const scanned = await nobody(deployment).send(asked.address);
    expect(scanned.status).toBe(307);
    expect(scanned.headers.get("location")).toContain("/sign-in");
    expect((await nobody(deployment).send(asked.address, { method: "HEAD" })).status).toBe(307);
    // A browser that fetches ahead has its reader's session.
    const ahead = await a.owner.send(asked.address, { headers: { purpose: "prefetch", "sec-purpose": "prefetch" } });
    expect(ahead.status).toBe(200);
    expect(ahead.text).toContain("Approve");
  }
  const input = encodeURIComponent(JSON.stringify(decision(asked)));
  expect((await a.owner.send(`/api/trpc/${a.slug}/approvals.decide?input=${input}`)).status).toBe(405);
  // The page takes no form: sent to it, a decision is one more look.
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  await a.owner.send(asked.address, { method: "POST", headers, body: "verdict=approved" });
  expect(await statusOf(a, asked)).toBe("pending");
  expect(await a.owner.attempt("approvals.decide", decision(asked))).toMatchObject({ status: 200 });
  expect(await finished(a, asked.runId)).toMatchObject({ status: "succeeded" });
});

test("49 a link is good for one decision, however often that is sent", async ({ deployment, sides: { a } }) => {
  const asked = await ask(deployment, a);
  const sent = await Promise.all(Array.from({ length: 8 }, () => a.owner.attempt("approvals.decide", decision(asked))));
  expect(sent.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status } of sent) expect([200, 403, 409]).toContain(status);
  expect((await a.owner.attempt("approvals.decide", decision(asked))).status).not.toBe(200);
  const page = await a.owner.send(asked.address);
  expect(page.text).toContain("This link was used already");
  expect(page.text).not.toContain(">Approve<");
  const other = await ask(deployment, a);
  const replayed = { ...decision(other), link: asked.link };
  expect(await a.owner.attempt("approvals.decide", replayed)).toMatchObject({ status: 412 });
  expect(await statusOf(a, other)).toBe("pending");
});

test("49 a link that was forwarded does nothing for anybody else", async ({ deployment, sides: { a, b } }) => {
  const asked = await ask(deployment, a);
  expect(await nobody(deployment, a.slug).attempt("approvals.decide", decision(asked))).toMatchObject({ status: 401 });
  for (const person of [a.viewer, a.reviewer, a.author, a.operator, a.admin]) {
    expect(await person.attempt("approvals.decide", decision(asked)), person.email).toMatchObject({ status: 403 });
    const page = await person.send(asked.address);
    expect(page.text).toContain("This link was made for somebody else");
    expect(page.text).not.toContain(">Approve<");
  }
  expect(await b.owner.at(a.slug).attempt("approvals.decide", decision(asked))).toMatchObject({ status: 404 });
  expect((await b.owner.send(asked.address)).status).toBe(404);
  expect(await b.owner.attempt("approvals.decide", decision(asked))).toMatchObject({ status: 404 });
  expect(await statusOf(a, asked)).toBe("pending");
});

test("49 a link is dead after a kill", async ({ deployment, sides: { a } }) => {
  const asked = await ask(deployment, a);
  await a.operator.ask("runs.kill", { runId: asked.runId });
  expect(await a.owner.attempt("approvals.decide", decision(asked))).toMatchObject({ status: 409 });
  expect(await statusOf(a, asked)).toBe("void");
  expect((await a.owner.send(asked.address)).text).not.toContain(">Approve<");
  expect(await see(a, asked.runId)).toMatchObject({ status: "killed" });
});

test("49 a link is dead once its time is over, which fails the step", async ({ deployment, sides: { a } }) => {
  const asked = await ask(deployment, a);
  await queryAsOwner(deployment.home, "update approvals set due_at = clock_timestamp() where id = $1", [
    asked.approvalId,
  ]);
  expect(await a.owner.attempt("approvals.decide", decision(asked))).toMatchObject({ status: 409 });
  expect(await statusOf(a, asked)).toBe("expired");
  // A minute at most, until the job looks.
  await expect.poll(async () => (await see(a, asked.runId)).status, { timeout: 120_000 }).toBe("failed");
  expect(await see(a, asked.runId)).toMatchObject({ failure: { code: "expired" } });
});
