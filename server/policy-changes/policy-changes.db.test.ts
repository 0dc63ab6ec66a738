import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { policySnapshots, tenants } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { shippedPolicy } from "@/policies/packs";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { killTenant } from "@/server/holds";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { policiesOf, type TenantContext } from "@/server/verb";
import {
  decidePolicyChange,
  followDefault,
  getPolicy,
  listPolicyChanges,
  previewPolicy,
  proposePolicy,
  withdrawPolicyChange,
} from "./index";

const db = useTestDatabase();

const STRICTER = {
  profile: "saas",
  tightening: "kill_switch: { tenant: [tenant_admin] }",
  reason: "One hand on the switch",
};

/** A tenant with two administrators and an operator. */
async function governed() {
  const { tenant, as } = await tenantWith(db.database, ["tenant_admin", "operator", "read_only"]);
  const second = await memberContext(db.database, tenant, { roles: ["tenant_admin"] });
  return { ...tenant, first: as.tenant_admin, second, operator: as.operator, reader: as.read_only };
}

/** The same person's next request: their tenant as its row says it now. */
async function again(ctx: TenantContext): Promise<TenantContext> {
  const [row] = await withTenant(ctx, (tx) => tx.select().from(tenants).where(eq(tenants.tenantId, ctx.tenantId)));
  return row === undefined ? ctx : { ...ctx, tenant: row };
}

describe("proposePolicy", () => {
  it("puts a change on record that is stricter at once, and nothing else than that", async () => {
    const { tenantId, first, operator } = await governed();
    const { changeId, toRevision } = await proposePolicy(first, STRICTER);
    await expectReceipt(first, "policy.propose", `policy_change:${changeId}`);
    expect(await recordedEvents(db.ownerUrl, tenantId)).toEqual(["policy.proposed"]);
    const now = await again(operator);
    expect(policiesOf(now.tenant).map(({ revision }) => revision)).toEqual([
      shippedPolicy("conductor-governance-saas").revision,
      toRevision,
    ]);
    await expect(killTenant(now, { reason: "test" })).rejects.toMatchObject({ code: "Forbidden" });
    expect(now.tenant.tightening).toEqual({});
  });

  it("of a looser pack opens nothing before a second person agrees", async () => {
    const { first, operator } = await governed();
    await proposePolicy(first, { profile: "internal", reason: "Closer to home" });
    const { tenant } = await again(operator);
    expect(policiesOf(tenant)).toHaveLength(2);
    expect(tenant.governanceProfile).toBe("conductor-governance-saas");
  });

  it.each([
    ["looser", "kill_switch: { tenant: [read_only] }", "line 1"],
    ["broken", "confined: { region: [run.kill] }", "always kill"],
    ["malformed", "thresholds: 3", "line 1"],
  ])("refuses what is %s, with its line", async (_what, tightening, said) => {
    const { first } = await governed();
    await expect(proposePolicy(first, { ...STRICTER, tightening })).rejects.toMatchObject({
      code: "Invalid",
      message: expect.stringContaining(said) as string,
    });
    expect(await previewPolicy(first, { profile: "saas", tightening })).toMatchObject({
      fault: expect.stringContaining(said) as string,
    });
  });

  it("refuses an operator, a program, the policy that is there already, and a second one beside it", async () => {
    const { first, second, operator } = await governed();
    await expect(proposePolicy(operator, STRICTER)).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(operator, "policy.propose");
    const program = { ...first, principal: { ...first.principal, kind: "api_key" as const } };
    await expect(proposePolicy(program, STRICTER)).rejects.toMatchObject({ details: { failed: ["person"] } });
    await expect(proposePolicy(first, { ...STRICTER, tightening: "" })).rejects.toMatchObject({ code: "Conflict" });
    const outcomes = await Promise.allSettled([proposePolicy(first, STRICTER), proposePolicy(second, STRICTER)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("decidePolicyChange", () => {
  it("makes it the tenant's policy, with a receipt and a snapshot of it", async () => {
    const { tenantId, first, second } = await governed();
    const { changeId, toRevision } = await proposePolicy(first, STRICTER);
    await decidePolicyChange(second, { changeId, toRevision, verdict: "approved" });
    await expectReceipt(second, "policy.decide", `policy_change:${changeId}`);
    expect(await recordedEvents(db.ownerUrl, tenantId)).toEqual(["policy.proposed", "policy.decided"]);
    const { tenant } = await again(first);
    expect(policiesOf(tenant).map(({ revision }) => revision)).toEqual([toRevision]);
    const kept = await withTenant(first, (tx) => tx.select().from(policySnapshots));
    expect(kept.map(({ revision }) => revision)).toContain(toRevision);
    expect(kept.find(({ revision }) => revision === toRevision)?.policy.pack.kill_switch.tenant).toEqual([
      "tenant_admin",
    ]);
    const { rows } = await listPolicyChanges(first, {});
    expect(rows).toMatchObject([{ id: changeId, status: "approved", toRevision, reason: STRICTER.reason }]);
  });

  it("refuses whoever proposed it, a lesser role, another tenant, and another revision than was read", async () => {
    const { first, second, operator } = await governed();
    const { changeId, toRevision } = await proposePolicy(first, STRICTER);
    const decision = { changeId, toRevision, verdict: "approved" as const };
    await expect(decidePolicyChange(first, decision)).rejects.toMatchObject({ details: { failed: ["requester"] } });
    await expectDenial(first, "policy.approve");
    await expect(decidePolicyChange(operator, decision)).rejects.toMatchObject({ code: "Forbidden" });
    const elsewhere = await governed();
    await expect(decidePolicyChange(elsewhere.first, decision)).rejects.toMatchObject({ code: "NotFound" });
    await expect(decidePolicyChange(second, { ...decision, toRevision: "another" })).rejects.toMatchObject({
      code: "Conflict",
    });
    expect((await again(second)).tenant.pendingPolicy).not.toBeNull();
  });

  it("lets one of two who race decide", async () => {
    const { tenantId, slug, first, second } = await governed();
    const third = await memberContext(db.database, { tenantId, slug }, { roles: ["tenant_admin"] });
    const { changeId, toRevision } = await proposePolicy(first, STRICTER);
    const outcomes = await Promise.allSettled([
      decidePolicyChange(second, { changeId, toRevision, verdict: "approved" }),
      decidePolicyChange(third, { changeId, toRevision, verdict: "rejected", comment: "no" }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("that rejects or withdraws leaves the policy as it was", async () => {
    const { first, second } = await governed();
    const one = await proposePolicy(first, STRICTER);
    await decidePolicyChange(second, { ...one, verdict: "rejected", comment: "Too strict" });
    const other = await proposePolicy(first, STRICTER);
    await withdrawPolicyChange(first, { changeId: other.changeId });
    const { tenant } = await again(first);
    expect(tenant).toMatchObject({ tightening: {}, pendingPolicy: null });
    expect(policiesOf(tenant)).toHaveLength(1);
  });
});

describe("previewPolicy", () => {
  it.each([
    ["what opens nothing and shuts nothing", "break_glass: { minutes: 5 }", { people: 0, openChains: 0 }],
    [
      "a chain that asks more",
      "approvals:\n  run: [{ environment: [prod], stages: [{ role: tenant_admin, quorum: 2, expires_hours: 12 }] }]",
      { people: 0, openChains: 0 },
    ],
  ])("counts whom %s touches", async (_what, tightening, affected) => {
    const { first } = await governed();
    expect(await previewPolicy(first, { profile: "saas", tightening })).toMatchObject({ fault: null, affected });
  });

  it("puts what was really asked to the other policy", async () => {
    const { first, reader } = await governed();
    await expect(killTenant(reader, { reason: "test" })).rejects.toMatchObject({ code: "Forbidden" });
    await killTenant(first, { reason: "test" });
    const onlyTheOther = { profile: "saas", tightening: "kill_switch: { tenant: [operator] }" };
    expect(await previewPolicy(first, onlyTheOther)).toMatchObject({
      replayed: { asked: 2, wouldBeDenied: 1, wouldBeAllowed: 0, most: [{ action: "tenant.kill", count: 1 }] },
    });
  });
});

describe("getPolicy", () => {
  it("shows what waits: what would turn, for how many, and who may decide", async () => {
    const { first, second, reader } = await governed();
    await proposePolicy(first, STRICTER);
    const shown = await getPolicy(await again(reader), {});
    expect(shown.deciding).toHaveLength(2);
    expect(shown.pending).toMatchObject({
      isOwn: false,
      comparison: {
        newlyAllowed: [],
        newlyDenied: [{ actions: ["tenant.kill"], roles: ["conductor_admin", "operator"] }],
      },
      affected: { people: 1, openChains: 0 },
    });
    expect(shown.pending?.deciders).toHaveLength(1);
    expect((await getPolicy(await again(second), {})).pending?.isOwn).toBe(false);
    expect((await getPolicy(await again(first), {})).pending?.isOwn).toBe(true);
  });
});

describe("another default of the deployment", () => {
  const job = () => ({ database: db.database, clock: systemClock, newId, requestId: newId("request") });
  const follow = async (ctx: TenantContext) => {
    await withTenant(ctx, (tx) =>
      tx.update(tenants).set({ followsDefault: true }).where(eq(tenants.tenantId, ctx.tenantId)),
    );
    return again(ctx);
  };

  it("waits in every tenant that follows it, until one person of the tenant agrees", async () => {
    const { first } = await governed();
    await follow(first);
    await followDefault(job(), "conductor-governance-white-label");
    expect(await followDefault(job(), "conductor-governance-white-label")).toBe(0);
    const { pending } = await getPolicy(await again(first), {});
    expect(pending).toMatchObject({ profile: "conductor-governance-white-label", proposedBy: "The system" });
    await decidePolicyChange(first, {
      changeId: pending?.id ?? "",
      toRevision: pending?.toRevision ?? "",
      verdict: "approved",
    });
    expect((await again(first)).tenant).toMatchObject({
      governanceProfile: "conductor-governance-white-label",
      followsDefault: true,
    });
  });

  it("that is rejected leaves the tenant with its own, and does not come again", async () => {
    const { first } = await governed();
    await follow(first);
    await followDefault(job(), "conductor-governance-internal");
    const { pending } = await getPolicy(await again(first), {});
    const decision = { changeId: pending?.id ?? "", toRevision: pending?.toRevision ?? "", comment: "not here" };
    await decidePolicyChange(first, { ...decision, verdict: "rejected" });
    await followDefault(job(), "conductor-governance-internal");
    expect((await again(first)).tenant).toMatchObject({
      ...{ governanceProfile: "conductor-governance-saas", followsDefault: false, pendingPolicy: null },
    });
  });

  it("counts before anybody has put it on record", async () => {
    const { first } = await governed();
    const ctx = await follow(first);
    expect(policiesOf(ctx.tenant)).toHaveLength(1);
    expect(policiesOf({ ...ctx.tenant, governanceProfile: "conductor-governance-internal" })).toHaveLength(2);
  });
});
