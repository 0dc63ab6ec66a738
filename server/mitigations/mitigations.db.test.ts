import { and, asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import {
  holds,
  incidentEntries,
  mitigations,
  receipts,
  sloAlerts,
  slos,
  sloWindows,
  tenantQuotas,
  tenants,
} from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { MadeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { listUnsettledHolds, settleHold } from "@/server/holds";
import { moveIncident, openIncident, raiseIncident } from "@/server/incidents";
import { overridePlan } from "@/server/entitlements";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { digestJson } from "@/server/kernel/json";
import { getRun, startRun } from "@/server/runs";
import { judgeSlos } from "@/server/slos";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { ATTRIBUTES } from "@/server/testing/definitions";
import { expectReceipt } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import type { Lever } from "./domain/mitigation";
import {
  applyMitigation,
  getMitigationRules,
  listMitigations,
  measureMitigation,
  mitigateBreach,
  setMitigationRules,
  tendMitigations,
  undoMitigation,
} from "./index";

const db = useTestDatabase();
const ROLES = ["tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"] as const;
const MINUTE = 60_000;
const clock = fixedClock(new Date());

let as: Record<(typeof ROLES)[number], TenantContext>;
let tenant: MadeTenant;
let tenantId: string;
let incidentId: string;
beforeEach(async () => {
  ({ as, tenant } = await tenantWith(db.database, ROLES, clock, { plan: "internal" }));
  ({ tenantId } = as.operator);
  ({ incidentId } = await openIncident(as.operator, { title: "Runs fail", severity: "sev2" }));
});

const ctx = () => ({ database: db.database, clock, newId, requestId: newId("request") });
const apply = (lever: Lever, minutes = 30, who = as.tenant_admin) =>
  applyMitigation(who, { incidentId, lever, minutes, reason: "To be safe" });
const quotaOf = async () => {
  const [row] = await withTenant(as.operator, (tx) =>
    tx.select().from(tenantQuotas).where(eq(tenantQuotas.tenantId, tenantId)),
  );
  return row?.mostConcurrentRuns ?? null;
};
const holdsOn = () =>
  withTenant(as.operator, (tx) => tx.select().from(holds).where(eq(holds.tenantId, tenantId)).orderBy(asc(holds.id)));
const entries = async () =>
  (
    await withTenant(as.operator, (tx) =>
      tx
        .select()
        .from(incidentEntries)
        .where(and(eq(incidentEntries.tenantId, tenantId), eq(incidentEntries.incidentId, incidentId))),
    )
  ).map(({ kind }) => kind);
const mitigationOf = async (id: string) =>
  must(
    (await listMitigations(as.read_only, { incidentId })).rows.find((row) => row.id === id),
    "it was applied",
  );
const risky = { ...ATTRIBUTES, risk_profile: "high" };

describe("a mitigation by hand", () => {
  it("throttles what claims let through, and lets go when it is undone", async () => {
    const { mitigationId } = await apply({ kind: "throttle", toPercent: 50 });
    expect(await quotaOf()).toBe(5);
    await expectReceipt(as.operator, "mitigation.apply", `incident:${incidentId}`);
    expect(await entries()).toContain("mitigation");
    await undoMitigation(as.operator, { mitigationId });
    expect(await quotaOf()).toBeNull();
    await expectReceipt(as.operator, "mitigation.end", `incident:${incidentId}`);
    await expect(undoMitigation(as.operator, { mitigationId })).rejects.toMatchObject({ code: "Conflict" });
  });

  it("keeps the strictest of several throttles until that one ends", async () => {
    await withTenant(as.operator, (tx) => tx.insert(tenantQuotas).values({ tenantId, setConcurrentRuns: 40 }));
    await apply({ kind: "throttle", toPercent: 90 });
    expect(await quotaOf()).toBe(3);
    const strict = await apply({ kind: "throttle", toPercent: 50 });
    expect(await quotaOf()).toBe(1);
    await undoMitigation(as.operator, strict);
    expect(await quotaOf()).toBe(3);
  });

  it("pauses what is as risky as that or more, and nothing else", async () => {
    const safe = await makePublished(as);
    const high = await makePublished(as, { attributes: risky });
    const { mitigationId } = await apply({ kind: "pause", risk: "high" });
    expect((await holdsOn()).map(({ workflowId, kind }) => ({ workflowId, kind }))).toEqual([
      { workflowId: high.workflowId, kind: "pause" },
    ]);
    const started = await startRun(as.operator, { workflowId: high.workflowId, input: { order: "1" } });
    expect(await getRun(as.operator, { runId: started.runId })).toMatchObject({ status: "queued" });
    await startRun(as.operator, { workflowId: safe.workflowId, input: { order: "1" } });
    await undoMitigation(as.operator, { mitigationId });
    expect((await holdsOn()).every(({ liftedAt }) => liftedAt !== null)).toBe(true);
  });

  it("lifts what it has set itself, and leaves what somebody else had paused", async () => {
    const first = await makePublished(as, { attributes: risky });
    await apply({ kind: "pause", risk: "high" });
    const second = await makePublished(as, { attributes: risky });
    const { mitigationId } = await apply({ kind: "pause", risk: "high" });
    await undoMitigation(as.operator, { mitigationId });
    const on = (await holdsOn()).filter(({ liftedAt }) => liftedAt === null).map(({ workflowId }) => workflowId);
    expect(on).toEqual([first.workflowId]);
    expect(on).not.toContain(second.workflowId);
  });

  it("lifts what several hold with the last of them", async () => {
    const { workflowId } = await makePublished(as, { attributes: risky });
    const [first, second] = [
      await apply({ kind: "pause", risk: "high" }),
      await apply({ kind: "pause", risk: "high" }),
    ];
    await undoMitigation(as.operator, first);
    expect(await holdsOn()).toMatchObject([{ workflowId, liftedAt: null }]);
    await undoMitigation(as.operator, second);
    expect(await holdsOn()).toMatchObject([{ workflowId, liftedAt: expect.any(Date) as Date }]);
  });

  it("kills until somebody who may lifts it: not by time, and not before all runs have ended", async () => {
    await makePublished(as, { attributes: risky });
    const { mitigationId } = await apply({ kind: "kill", risk: "high" }, 5);
    clock.advance(10 * MINUTE);
    await tendMitigations(ctx());
    expect(await mitigationOf(mitigationId)).toMatchObject({ end: null });
    await expect(undoMitigation(as.tenant_admin, { mitigationId })).rejects.toMatchObject({ code: "Conflict" });
    for (const hold of await listUnsettledHolds(db)) await settleHold(ctx(), hold);
    await undoMitigation(as.tenant_admin, { mitigationId });
    expect((await holdsOn()).every(({ liftedAt }) => liftedAt !== null)).toBe(true);
  });

  it("has starts of risky workflows approved while it is on", async () => {
    const { workflowId } = await makePublished(as, { attributes: risky });
    const { mitigationId } = await apply({ kind: "require_approval", risk: "high" });
    const asked = await startRun(as.operator, { workflowId, input: { order: "1" } });
    expect(asked).toMatchObject({ awaitsApproval: true });
    await undoMitigation(as.operator, { mitigationId });
    expect(await startRun(as.operator, { workflowId, input: { order: "1" } })).toMatchObject({ awaitsApproval: false });
  });

  it("says how things stood before and after, sealed by a digest", async () => {
    const { mitigationId } = await apply({ kind: "throttle", toPercent: 50 });
    expect(await mitigationOf(mitigationId)).toMatchObject({ before: { queued: 0 }, after: null });
    await measureMitigation({ ...ctx(), tenantId }, mitigationId);
    expect(await mitigationOf(mitigationId)).toMatchObject({ after: { limit: 5, queued: 0 } });
    await expectReceipt(as.operator, "mitigation.measure", `incident:${incidentId}`);
    const { lever, holdIds, concurrentRuns, before: was, after } = await mitigationOf(mitigationId);
    const record = { mitigation: mitigationId, lever, holds: holdIds, concurrentRuns, before: was, after };
    const [receipt] = await withTenant(as.operator, (tx) =>
      tx
        .select()
        .from(receipts)
        .where(and(eq(receipts.tenantId, tenantId), eq(receipts.action, "mitigation.measure"))),
    );
    expect(receipt?.body).toMatchObject({ detail: { digest: digestJson(record) } });
    const before = (await entries()).length;
    await measureMitigation({ ...ctx(), tenantId }, mitigationId);
    expect(await entries()).toHaveLength(before);
  });

  it("is measured within a minute where a person did it, and not before it can show", async () => {
    const { mitigationId } = await apply({ kind: "throttle", toPercent: 50 });
    await tendMitigations(ctx());
    expect(await mitigationOf(mitigationId)).toMatchObject({ after: null });
    clock.advance(MINUTE);
    await tendMitigations(ctx());
    expect(await mitigationOf(mitigationId)).toMatchObject({ after: { limit: 5 }, end: null });
    await expectReceipt(as.operator, "mitigation.measure", `incident:${incidentId}`);
  });

  it("ends when its time is over, and when its incident is resolved", async () => {
    const { mitigationId } = await apply({ kind: "throttle", toPercent: 50 }, 5);
    const other = await apply({ kind: "require_approval", risk: "high" }, 600);
    clock.advance(6 * MINUTE);
    await tendMitigations(ctx());
    expect(await mitigationOf(mitigationId)).toMatchObject({ end: "expired" });
    expect(await mitigationOf(other.mitigationId)).toMatchObject({ end: null });
    await moveIncident(as.operator, { incidentId, fromStatus: "open", toStatus: "resolved" });
    await tendMitigations(ctx());
    expect(await mitigationOf(other.mitigationId)).toMatchObject({ end: "resolved" });
    await expect(apply({ kind: "throttle", toPercent: 50 })).rejects.toMatchObject({ code: "PreconditionFailed" });
  });

  it("is refused to whoever may not pull the lever itself, or let go of what it holds", async () => {
    await makePublished(as, { attributes: risky });
    const tightening = { kill_switch: { workflow: ["tenant_admin" as const] } };
    await withTenant(as.operator, (tx) => tx.update(tenants).set({ tightening }).where(eq(tenants.tenantId, tenantId)));
    const operator = await memberContext(db.database, tenant, { roles: ["operator"] }, clock);
    await expect(apply({ kind: "kill", risk: "high" }, 30, operator)).rejects.toMatchObject({ code: "Forbidden" });
    expect(await holdsOn()).toEqual([]);
    const { mitigationId } = await apply({ kind: "kill", risk: "high" });
    await expect(undoMitigation(as.operator, { mitigationId })).rejects.toMatchObject({ code: "Forbidden" });
    expect((await holdsOn()).every(({ liftedAt }) => liftedAt === null)).toBe(true);
  });

  it("is refused to whoever does not work on incidents", async () => {
    await expect(apply({ kind: "throttle", toPercent: 50 }, 30, as.read_only)).rejects.toMatchObject({
      code: "Forbidden",
    });
    await expect(apply({ kind: "throttle", toPercent: 50 }, 30, as.workflow_author)).rejects.toMatchObject({
      code: "Forbidden",
    });
    expect(await quotaOf()).toBeNull();
  });

  it("is not found in another tenant", async () => {
    const { mitigationId } = await apply({ kind: "throttle", toPercent: 50 });
    const { as: others } = await tenantWith(db.database, ["tenant_admin"], clock);
    await expect(undoMitigation(others.tenant_admin, { mitigationId })).rejects.toMatchObject({ code: "NotFound" });
    const lever = { kind: "throttle", toPercent: 50 } as const;
    const asked = { incidentId, lever, minutes: 30, reason: "Mine" };
    await expect(applyMitigation(others.tenant_admin, asked)).rejects.toMatchObject({ code: "NotFound" });
  });
});

/** An alert of the tenant's success objective that is on, with its incident. */
async function breach(severity: "page" | "ticket" = "page") {
  await judgeSlos(ctx());
  const alertId = newId("sloAlert");
  const [slo] = await withTenant(as.operator, (tx) =>
    tx
      .select()
      .from(slos)
      .where(and(eq(slos.tenantId, tenantId), eq(slos.sli, "workflow-success"))),
  );
  const sloId = must(slo, "the tenant has objectives").id;
  await withTenant(as.operator, async (tx) => {
    const raised = await raiseIncident(
      tx,
      { ...ctx(), tenantId },
      {
        ...{ key: `slo:${sloId}`, severity: "sev2", title: "At risk", summary: "Burns", source: "slo", sloId, alertId },
        ...{ isDrill: false, facts: {} },
      },
    );
    ({ incidentId } = raised);
    const counts = { good: 0, total: 5, minutes: 60 };
    await tx.insert(sloAlerts).values({
      ...{ tenantId, id: alertId, sloId, ruleId: "page-quick", severity, reason: "burning", openedAt: clock.now() },
      ...{
        figures: { long: counts, short: counts, longBurn: 1, shortBurn: 1, factor: 1, targetPpm: 999_000 },
        incidentId,
      },
    });
  });
  return { alertId, sloId };
}

const burning = (sloId: string, good: number, total: number) =>
  withTenant(as.operator, (tx) =>
    tx
      .update(sloWindows)
      .set({ good, total })
      .where(and(eq(sloWindows.tenantId, tenantId), eq(sloWindows.sloId, sloId), eq(sloWindows.name, "5"))),
  );

describe("a breach", () => {
  it("is mitigated by the rules, each once while it is on", async () => {
    const { workflowId } = await makePublished(as, { attributes: risky });
    const { alertId } = await breach();
    expect(await mitigateBreach({ ...ctx(), tenantId }, alertId)).toHaveLength(2);
    expect(await mitigateBreach({ ...ctx(), tenantId }, alertId)).toEqual([]);
    expect(await quotaOf()).toBe(5);
    expect((await holdsOn()).map((hold) => hold.workflowId)).toEqual([workflowId]);
  });

  it("is left alone where the plan has no incident automation any more", async () => {
    const { alertId } = await breach();
    await overridePlan(as.operator, {
      ...{ plan: "standard", addOns: [], moreSeats: 0, reason: "A smaller plan" },
      expiresAt: new Date(clock.now().getTime() + 86_400_000),
    });
    expect(await mitigateBreach({ ...ctx(), tenantId }, alertId)).toEqual([]);
  });

  it("is left alone where the tenant's rules say nothing", async () => {
    expect(await getMitigationRules(as.read_only, {})).toMatchObject({ isOwn: false });
    await setMitigationRules(as.tenant_admin, { rules: [] });
    const { alertId } = await breach();
    expect(await mitigateBreach({ ...ctx(), tenantId }, alertId)).toEqual([]);
  });

  it("has what did not help taken back, and keeps what did", async () => {
    const { alertId, sloId } = await breach();
    await burning(sloId, 0, 5);
    const [id = ""] = await mitigateBreach({ ...ctx(), tenantId }, alertId);
    clock.advance(11 * MINUTE);
    await burning(sloId, 0, 5);
    await tendMitigations(ctx());
    expect(await mitigationOf(id)).toMatchObject({ end: "rolled_back" });
    const [kept = ""] = await mitigateBreach({ ...ctx(), tenantId }, alertId);
    clock.advance(11 * MINUTE);
    await burning(sloId, 4, 5);
    await tendMitigations(ctx());
    expect(await mitigationOf(kept)).toMatchObject({ end: null });
    expect(
      (await withTenant(as.operator, (tx) => tx.select().from(mitigations).where(eq(mitigations.id, kept))))[0],
    ).toMatchObject({
      judgedAt: expect.any(Date) as Date,
    });
  });
});

it("sets rules of the tenant's own only where its plan has incident automation", async () => {
  const { as: poor } = await tenantWith(db.database, ["tenant_admin"], clock, { plan: "standard" });
  await expect(setMitigationRules(poor.tenant_admin, { rules: [] })).rejects.toMatchObject({ code: "NotEntitled" });
  const rule = { id: "slow", severity: "page", lever: { kind: "throttle", toPercent: 50 }, minutes: 30 } as const;
  await expect(setMitigationRules(as.tenant_admin, { rules: [rule, rule] })).rejects.toMatchObject({ code: "Invalid" });
});
