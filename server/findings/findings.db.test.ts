import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { audits, findings } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { listMembers } from "@/server/members";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { countReceipts, eventsOf, expectDenial, expectReceipt } from "@/server/testing/records";
import {
  acceptFinding,
  assignFinding,
  composeFindingLetter,
  findFindings,
  findRetest,
  getFinding,
  listDueFindings,
  listFindings,
  markReady,
  retestFinding,
  settleRetest,
  tendFinding,
} from "./index";

const db = useTestDatabase();
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

/** A tenant with two administrators, and one finding that the first of them owns. */
async function setUp(over: Partial<typeof findings.$inferInsert> = {}) {
  const { tenant, as } = await tenantWith(db.database, ["tenant_admin", "read_only"]);
  const other = await memberContext(db.database, tenant, { roles: ["tenant_admin"] });
  const { tenantId } = tenant;
  const [auditId, findingId, now] = [newId("audit"), newId("finding"), new Date()];
  const owner = as.tenant_admin;
  await withTenant({ ...db, tenantId }, async (tx) => {
    await tx.insert(audits).values({ tenantId, id: auditId, startedBy: "system", startedAt: now });
    await tx.insert(findings).values({
      ...{ tenantId, id: findingId, number: 1, key: "slos-counted", checkId: "slo-configs", control: "MC-LM-04" },
      ...{ severity: "high", title: "Not counted", detail: "An hour is missing.", remedy: "Count it.", status: "open" },
      ...{ auditId, evidenceDigest: "a".repeat(64), ownerId: owner.principal.id, openedAt: now, seenAt: now },
      ...{ dueAt: inDays(14), ...over },
    });
  });
  const job = { ...db, tenantId, clock: systemClock, newId, requestId: newId("request"), actor: "job:test" };
  const read = () => getFinding(as.read_only, { findingId });
  return { ...{ tenant, as, owner, other, findingId, tenantId, job, read } };
}
let here: Awaited<ReturnType<typeof setUp>>;
beforeEach(async () => {
  here = await setUp();
});

describe("a finding", () => {
  it("is read with its owner, its ticket and what closes it, the heaviest first", async () => {
    const { as, tenantId, findingId } = here;
    const rows = await withTenant({ ...db, tenantId }, async (tx) => {
      const [row] = await tx.select().from(findings).where(eq(findings.tenantId, tenantId));
      if (row === undefined) throw new Error("the finding is there");
      await tx.insert(findings).values({ ...row, id: newId("finding"), number: 2, key: "b", severity: "critical" });
      return tx.select().from(findings).where(eq(findings.tenantId, tenantId));
    });
    expect(rows).toHaveLength(2);
    const listed = await listFindings(as.read_only, {});
    expect(listed.rows.map(({ ticket, severity }) => [ticket, severity])).toEqual([
      ["F-2", "critical"],
      ["F-1", "high"],
    ]);
    expect(listed.rows[1]).toMatchObject({ id: findingId, remedy: "Count it.", isBeingTested: false });
    expect((await listFindings(as.read_only, { severity: "low" })).rows).toEqual([]);
    expect((await listFindings(as.read_only, { state: "settled" })).rows).toEqual([]);
  });

  it("is assigned with a receipt, and is then in progress", async () => {
    const { owner, as, findingId, read } = here;
    const { rows } = await listMembers(owner, {});
    const member = rows.find(({ roles }) => roles.includes("tenant_admin"));
    const reader = rows.find(({ roles }) => roles.includes("read_only"));
    const dueAt = inDays(3).toISOString();
    await assignFinding(owner, { findingId, memberId: member?.id, dueAt });
    await expectReceipt(owner, "finding.assign", `finding:${findingId}`);
    expect(await read()).toMatchObject({ dueAt, status: "in_progress", owner: { memberId: member?.id } });
    await assignFinding(owner, { findingId });
    expect(await read()).toMatchObject({ dueAt, owner: null });
    const byReader = assignFinding(owner, { findingId, memberId: reader?.id });
    await expect(byReader).rejects.toMatchObject({ code: "Invalid" });
    await expect(assignFinding(as.read_only, { findingId })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.read_only, "finding.assign");
  });

  it("refuses a moment that has passed, another tenant's member and finding, and what is closed", async () => {
    const { owner, findingId } = here;
    const foreign = await setUp({ status: "closed", closedAt: new Date(), closedBy: "user:x" });
    const [stranger] = (await listMembers(foreign.owner, {})).rows;
    const past = inDays(-1).toISOString();
    await expect(assignFinding(owner, { findingId, dueAt: past })).rejects.toMatchObject({ code: "Invalid" });
    await expect(assignFinding(owner, { findingId, memberId: stranger?.id })).rejects.toMatchObject({
      code: "NotFound",
    });
    await expect(getFinding(owner, { findingId: foreign.findingId })).rejects.toMatchObject({ code: "NotFound" });
    await expect(markReady(owner, { findingId: foreign.findingId, note: "x" })).rejects.toMatchObject({
      code: "NotFound",
    });
    const closed = { findingId: foreign.findingId };
    await expect(assignFinding(foreign.owner, closed)).rejects.toMatchObject({ code: "Conflict" });
    await expect(markReady(foreign.owner, { ...closed, note: "x" })).rejects.toMatchObject({ code: "Conflict" });
    const asked = { ...closed, reason: "x", until: inDays(3).toISOString() };
    await expect(acceptFinding(foreign.other, asked)).rejects.toMatchObject({ code: "Conflict" });
    expect(await countReceipts(foreign.owner)).toBe(0);
  });
});

describe("a re-test", () => {
  it("is asked for by somebody else than its owner, once the owner says that it is done", async () => {
    const { owner, other, findingId, tenantId, job, read } = here;
    await expect(retestFinding(other, { findingId })).rejects.toMatchObject({ code: "PreconditionFailed" });
    await markReady(owner, { findingId, note: "It is counted now." });
    await expectReceipt(owner, "finding.ready", `finding:${findingId}`);
    await expect(retestFinding(owner, { findingId })).rejects.toMatchObject({ details: { reason: "owner" } });
    await retestFinding(other, { findingId });
    await expect(retestFinding(other, { findingId })).rejects.toMatchObject({ code: "Conflict" });
    expect((await eventsOf(db.ownerUrl, tenantId)).map(({ name }) => name)).toEqual(["finding.retest_asked"]);
    expect(await findRetest(job, findingId)).toEqual({ key: "slos-counted" });
    expect(await read()).toMatchObject({ status: "ready", isBeingTested: true, readyNote: "It is counted now." });
  });

  it("closes it where the gap is gone, once, with a receipt that says for whom", async () => {
    const { owner, other, findingId, job, read } = here;
    await markReady(owner, { findingId, note: "Done." });
    await retestFinding(other, { findingId });
    expect(await settleRetest(job, findingId, { outcome: "pass", reason: "All is counted." })).toBe("closed");
    await expectReceipt(owner, "finding.close", `finding:${findingId}`);
    expect(await read()).toMatchObject({ status: "closed", retestReason: "All is counted.", isBeingTested: false });
    expect(await settleRetest(job, findingId, { outcome: "fail", reason: "x" })).toBe("nothing");
  });

  it("opens it again where the gap is there, and closes nothing where that cannot be told", async () => {
    const { owner, other, findingId, job, read } = here;
    await markReady(owner, { findingId, note: "Done." });
    await retestFinding(other, { findingId });
    expect(await settleRetest(job, findingId, { outcome: "unknown", reason: "Nothing to see." })).toBe("ready");
    expect(await read()).toMatchObject({ status: "ready", closedAt: null });
    await retestFinding(other, { findingId });
    expect(await settleRetest(job, findingId, { outcome: "fail", reason: "Still not." })).toBe("reopened");
    expect(await read()).toMatchObject({ status: "reopened", readyBy: null });
    await expectReceipt(owner, "finding.reopen", `finding:${findingId}`);
  });

  it("closes nothing for somebody who has become its owner meanwhile", async () => {
    const { owner, other, findingId, job, read } = here;
    await markReady(owner, { findingId, note: "Done." });
    await retestFinding(other, { findingId });
    const members = (await listMembers(owner, {})).rows;
    const memberId = members.find(({ email }) => other.actor.kind === "user" && email === other.actor.email)?.id;
    await assignFinding(owner, { findingId, memberId });
    expect(await settleRetest(job, findingId, { outcome: "pass", reason: "Gone." })).toBe("ready");
    expect(await read()).toMatchObject({ status: "ready", closedAt: null });
  });
});

describe("a finding that is accepted", () => {
  it("stays so until its day, and is then open again", async () => {
    const { owner, other, findingId, tenantId, job, read } = here;
    const until = inDays(30).toISOString();
    await expect(acceptFinding(owner, { findingId, reason: "x", until })).rejects.toMatchObject({
      details: { reason: "owner" },
    });
    for (const day of [-1, 400])
      await expect(
        acceptFinding(other, { findingId, reason: "x", until: inDays(day).toISOString() }),
      ).rejects.toMatchObject({ code: "Invalid" });
    await acceptFinding(other, { findingId, reason: "The old system ends in May.", until });
    await expectReceipt(owner, "finding.accept", `finding:${findingId}`);
    expect(await tendFinding(job, findingId)).toBe("nothing");
    const later = { ...job, clock: { now: () => inDays(31) } };
    expect(await listDueFindings(later)).toContainEqual({ tenantId, findingId });
    expect(await tendFinding(later, findingId)).toBe("reopened");
    expect(await read()).toMatchObject({ status: "reopened", acceptedUntil: null, acceptedReason: null });
  });
});

describe("a finding that is overdue", () => {
  it("is taken to each stage once, with a receipt and an event for who is told", async () => {
    const { owner, findingId, tenantId, job } = here;
    const at = (days: number) => ({ ...job, clock: { now: () => inDays(days) } });
    expect(await tendFinding(job, findingId)).toBe("nothing");
    expect(await tendFinding(at(15), findingId)).toBe("escalated");
    await expectReceipt(owner, "finding.escalate", `finding:${findingId}`);
    expect(await tendFinding(at(15), findingId)).toBe("nothing");
    expect(await tendFinding(at(22), findingId)).toBe("escalated");
    const told = await eventsOf(db.ownerUrl, tenantId);
    expect(told.map(({ payload }) => payload)).toEqual([1, 2].map((stage) => ({ tenantId, findingId, stage })));
  });

  it("is told to nobody once it is closed", async () => {
    const { owner, other, findingId, tenantId, job } = here;
    const asked = { tenantId, findingId, userId: owner.principal.id };
    expect(await composeFindingLetter(db.database, asked)).toMatchObject({ ticket: "F-1", title: "Not counted" });
    await markReady(owner, { findingId, note: "Done." });
    await retestFinding(other, { findingId });
    await settleRetest(job, findingId, { outcome: "pass", reason: "Gone." });
    expect(await composeFindingLetter(db.database, asked)).toBeNull();
    expect(await tendFinding({ ...job, clock: { now: () => inDays(15) } }, findingId)).toBe("nothing");
  });
});

describe("findings of a period", () => {
  it("are those that were open at some time of it", async () => {
    const { tenantId, findingId } = here;
    const within = (from: number, to: number) =>
      withTenant({ ...db, tenantId }, (tx) =>
        findFindings(tx, tenantId, { from: inDays(from), to: inDays(to) }).then((all) => all.map(({ id }) => id)),
      );
    expect(await within(-3, 3)).toEqual([findingId]);
    expect(await within(-3, -1)).toEqual([]);
    const own = and(eq(findings.tenantId, tenantId), eq(findings.id, findingId));
    await withTenant({ ...db, tenantId }, (tx) =>
      tx
        .update(findings)
        .set({ status: "closed", closedAt: inDays(1), closedBy: "user:x" })
        .where(own),
    );
    expect(await within(2, 3)).toEqual([]);
    expect(await within(0, 3)).toEqual([findingId]);
  });
});
