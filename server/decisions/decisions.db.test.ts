import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { decisions } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { inviteMember } from "@/server/members";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { findFault, genesisHash } from "@/server/receipts/domain/link";
import { startRun } from "@/server/runs";
import { updateTenant } from "@/server/tenants";
import { tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import { getDecision, listDecisions, summariseDecisions } from "./index";

const db = useTestDatabase();
const START = new Date("2026-03-10T09:30:00.000Z");

const onRecord = (ctx: TenantContext) =>
  withTenant(ctx, (tx) =>
    tx.select().from(decisions).where(eq(decisions.tenantId, ctx.tenantId)).orderBy(asc(decisions.seq)),
  );

async function setUp() {
  const clock = fixedClock(START);
  const roles = ["tenant_admin", "operator", "workflow_author", "workflow_reviewer"] as const;
  const { tenant, as } = await tenantWith(db.database, roles, clock);
  return { tenant, as, clock };
}
const denied = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ code: "Forbidden" });

describe("decisions on record", () => {
  it("hold a privileged permission beside its receipt, with the key to decide it again", async () => {
    const { as } = await setUp();
    await updateTenant(as.tenant_admin, { name: "Renamed" });
    const rows = await onRecord(as.tenant_admin);
    expect(rows).toMatchObject([
      {
        action: "tenant.update",
        body: {
          ...{ allow: true, code: "ALLOW", matched: ["tenant-administer"], denied: [], failed: [] },
          key: { vocabulary: 1, profile: "conductor-governance-saas", roles: 2 },
        },
      },
    ]);
    const links = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    expect(findFault(links, { seq: 0, hash: genesisHash("decisions", as.operator.tenantId) })).toBeNull();
  });

  it("hold no permission of a start, and none of a write that failed", async () => {
    const { as } = await setUp();
    const { workflowId } = await makePublished(as);
    const before = (await onRecord(as.operator)).length;
    await startRun(as.operator, { workflowId, input: { order: "1" } });
    const again = { email: "guest@example.test", roles: ["read_only" as const] };
    await inviteMember(as.tenant_admin, again);
    const receipts = await countReceipts(as.operator);
    await expect(inviteMember(as.tenant_admin, again)).rejects.toMatchObject({ code: "Conflict" });
    expect((await onRecord(as.operator)).slice(before).map(({ action }) => action)).toEqual(["member.invite"]);
    expect(await countReceipts(as.operator)).toBe(receipts);
  });

  it("are read by an administrator and by nobody who only operates, whose attempt is one more", async () => {
    const { as } = await setUp();
    await denied(listDecisions(as.operator, {}));
    await expectDenial(as.operator, "decision.read");
    await denied(getDecision(as.operator, { seq: 1 }));
    await denied(summariseDecisions(as.operator, {}));
    expect((await listDecisions(as.tenant_admin, {})).rows).toHaveLength(3);
  });
});

describe("listDecisions", () => {
  it("narrows by outcome, action, code, who asked and time, and keeps that from page to page", async () => {
    const { as, clock } = await setUp();
    await denied(updateTenant(as.operator, { name: "Mine" }));
    clock.advance(3_600_000);
    await updateTenant(as.tenant_admin, { name: "Ours" });
    await denied(updateTenant(as.workflow_author, { name: "Mine" }));
    const seqs = async (filters: Parameters<typeof listDecisions>[1]) =>
      (await listDecisions(as.tenant_admin, filters)).rows.map(({ seq }) => seq);
    expect(await seqs({})).toEqual([3, 2, 1]);
    expect(await seqs({ outcome: "allow" })).toEqual([2]);
    expect(await seqs({ outcome: "deny", action: "tenant.update" })).toEqual([3, 1]);
    expect(await seqs({ code: "NO_GRANT" })).toEqual([3, 1]);
    expect(await seqs({ actor: `user:${as.operator.principal.id}` })).toEqual([1]);
    expect(await seqs({ from: new Date(START.getTime() + 1_800_000).toISOString() })).toEqual([3, 2]);
    expect(await seqs({ to: new Date(START.getTime() + 1_800_000).toISOString() })).toEqual([1]);
    expect(await seqs({ action: "run.kill" })).toEqual([]);
    const first = await listDecisions(as.tenant_admin, { outcome: "deny", limit: 1 });
    expect(first.rows[0]).toMatchObject({ seq: 3, failed: ["role"], allow: false });
    expect(await seqs({ outcome: "deny", limit: 1, before: must(first.nextBefore, "there is more") })).toEqual([1]);
  });

  it("shows nothing of another tenant", async () => {
    const one = await setUp();
    const other = await setUp();
    await updateTenant(one.as.tenant_admin, { name: "Ours" });
    expect((await listDecisions(other.as.tenant_admin, {})).rows).toEqual([]);
    await expect(getDecision(other.as.tenant_admin, { seq: 1 })).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("getDecision", () => {
  it("says what was asked, why it was denied, and what is said now", async () => {
    const { as } = await setUp();
    await denied(updateTenant(as.operator, { name: "Mine" }));
    const found = await getDecision(as.tenant_admin, { seq: 1 });
    expect(found).toMatchObject({
      ...{ action: "tenant.update", allow: false, failed: ["role"], isBesidePolicy: false },
      asked: { roles: ["operator"], environment: null, riskProfile: null, atoms: { same_tenant: true, person: true } },
      now: { allow: false, matched: [] },
    });
    expect(found.now?.revision).toBe(found.revision);
    expect(found.nearest[0]).toMatchObject({ rule: "tenant-administer" });
  });

  it("puts no question again that was denied by what is no rule of a pack", async () => {
    const { as } = await tenantWith(db.database, ["tenant_admin", "conductor_admin"]);
    await denied(inviteMember(as.conductor_admin, { email: "guest@example.test", roles: ["tenant_admin"] }));
    const found = await getDecision(as.tenant_admin, { seq: 1 });
    expect(found).toMatchObject({ allow: false, failed: ["grants_beyond_own"], isBesidePolicy: true, now: null });
  });

  it("decides by the policies that the tenant has now", async () => {
    const { as } = await setUp();
    await updateTenant(as.tenant_admin, { name: "Ours" });
    const tenant = { ...as.tenant_admin.tenant, governanceProfile: "conductor-governance-internal" as const };
    const found = await getDecision({ ...as.tenant_admin, tenant }, { seq: 1 });
    expect(found.now?.revision).toMatch(/^conductor-governance-internal@/);
    expect(found.revision).toMatch(/^conductor-governance-saas@/);
  });
});

describe("summariseDecisions", () => {
  it("counts by hour and by day, and names what was denied most, and why", async () => {
    const { as, clock } = await setUp();
    await denied(updateTenant(as.operator, { name: "Mine" }));
    clock.advance(3_600_000);
    for (const name of ["One", "Two"]) await denied(updateTenant(as.operator, { name }));
    await updateTenant(as.tenant_admin, { name: "Ours" });
    const day = await summariseDecisions(as.tenant_admin, { window: "day" });
    expect(day.buckets).toHaveLength(24);
    expect(day.buckets.slice(-2)).toEqual([
      { at: "2026-03-10T09:00:00.000Z", allowed: 0, denied: 1 },
      { at: "2026-03-10T10:00:00.000Z", allowed: 1, denied: 2 },
    ]);
    expect(day.top).toEqual([{ action: "tenant.update", code: "NO_GRANT", failed: ["role"], count: 3, last: 3 }]);
    const month = await summariseDecisions(as.tenant_admin, { window: "month" });
    expect(month.buckets.at(-1)).toEqual({ at: "2026-03-10T00:00:00.000Z", allowed: 1, denied: 3 });
    expect([month.allowed, month.denied]).toEqual([1, 3]);
  });
});
