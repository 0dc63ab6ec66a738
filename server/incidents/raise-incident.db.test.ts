import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { incidentEntries, incidents } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { tenantWith } from "@/server/testing/actors";
import { countReceipts, eventsOf, expectReceipt, recordedEvents } from "@/server/testing/records";
import { acknowledgeIncident, type Alert, getIncident, listEntries, moveIncident, noteOnIncident } from "./index";
import { raiseIncident, TELL_EVERY_MS } from "./raise-incident";

const db = useTestDatabase();

async function setUp() {
  const clock = fixedClock(new Date("2026-03-01T10:00:00Z"));
  const { tenant, as } = await tenantWith(db.database, ["operator"], clock);
  const ctx = { database: db.database, tenantId: tenant.tenantId, clock, newId, requestId: "req_1" };
  const alert: Alert = {
    ...{ key: "slo:runs", severity: "sev3", title: "Runs fail", summary: "Too many runs fail.", source: "slo" },
    ...{ sloId: "slo_1", alertId: "alert_1", isDrill: false, facts: { burn: 14 } },
  };
  const raise = (over: Partial<Alert> = {}) => withTenant(ctx, (tx) => raiseIncident(tx, ctx, { ...alert, ...over }));
  const kinds = async (incidentId: string) =>
    (await listEntries(as.operator, { incidentId })).rows.map(({ kind }) => kind).reverse();
  const events = () => recordedEvents(db.ownerUrl, tenant.tenantId);
  return { clock, ctx, alert, operator: as.operator, raise, kinds, events };
}

describe("raiseIncident", () => {
  it("opens one, with timeline, receipt and event, and counts what comes after it", async () => {
    const { raise, operator, kinds, events } = await setUp();
    const first = await raise();
    expect(first.isNew).toBe(true);
    const { incidentId } = first;
    await expectReceipt(operator, "incident.open", `incident:${incidentId}`);
    expect(await raise({ alertId: "alert_2" })).toEqual({ incidentId, isNew: false });
    expect(await raise({ key: "slo:other" })).toMatchObject({ isNew: true });
    expect(await getIncident(operator, { incidentId })).toMatchObject({
      ...{ status: "open", severity: "sev3", title: "Runs fail", source: "slo", sloId: "slo_1", alertCount: 2 },
      facts: { burn: 14 },
    });
    expect(await kinds(incidentId)).toEqual(["opened"]);
    expect(await events()).toEqual(["incident.opened", "incident.opened"]);
  });

  it("makes one of a storm of 10,000 alerts that race: one row that counts, one entry, one event, one receipt", async () => {
    const { ctx, alert, operator, kinds, events } = await setUp();
    const batch = () =>
      withTenant(ctx, async (tx) => {
        for (let sent = 0; sent < 100; sent += 1) await raiseIncident(tx, ctx, { ...alert, alertId: newId("event") });
      });
    for (let round = 0; round < 25; round += 1) await Promise.all([batch(), batch(), batch(), batch()]);
    const rows = await withTenant(ctx, (tx) => tx.select().from(incidents).where(eq(incidents.tenantId, ctx.tenantId)));
    expect(rows).toMatchObject([{ alertCount: 10_000 }]);
    expect(await kinds(rows[0]?.id ?? "")).toEqual(["opened"]);
    expect(await events()).toEqual(["incident.opened"]);
    expect(await countReceipts(operator)).toBe(1);
  });

  it("lets two that race make one", async () => {
    const { raise } = await setUp();
    const both = await Promise.all([raise(), raise(), raise(), raise()]);
    expect(new Set(both.map(({ incidentId }) => incidentId)).size).toBe(1);
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  it("asks for somebody anew where a later alert makes it worse, whoever had taken on what it was", async () => {
    const { raise, operator, events } = await setUp();
    const { incidentId } = await raise();
    await acknowledgeIncident(operator, { incidentId });
    await raise({ severity: "sev1" });
    expect(await getIncident(operator, { incidentId })).toMatchObject({ severity: "sev1", acknowledgedAt: null });
    expect(await events()).toEqual(["incident.opened", "incident.acknowledged", "incident.opened"]);
  });

  it("is made worse by a later alert, and never better", async () => {
    const { raise, operator, kinds } = await setUp();
    const { incidentId } = await raise();
    await raise({ severity: "sev1" });
    await expectReceipt(operator, "incident.rate", `incident:${incidentId}`);
    await raise({ severity: "sev4" });
    expect((await getIncident(operator, { incidentId })).severity).toBe("sev1");
    expect(await kinds(incidentId)).toEqual(["opened", "severity"]);
  });

  it("tells that alerts go on once per window", async () => {
    const { raise, clock, ctx, kinds } = await setUp();
    const { incidentId } = await raise();
    for (const after of [TELL_EVERY_MS - 1, 1, 1, TELL_EVERY_MS - 1]) {
      clock.advance(after);
      await raise();
      await raise();
    }
    expect(await kinds(incidentId)).toEqual(["opened", "alert", "alert"]);
    expect((await eventsOf(db.ownerUrl, ctx.tenantId)).map(({ payload }) => payload)).toMatchObject([
      ...[{ episode: 1 }, { alertCount: 4 }, { alertCount: 8 }],
    ]);
  });

  it("opens what was resolved again, unacknowledged, and another once it is closed", async () => {
    const { raise, operator, kinds, events } = await setUp();
    const { incidentId } = await raise();
    await acknowledgeIncident(operator, { incidentId });
    await moveIncident(operator, { incidentId, fromStatus: "open", toStatus: "resolved" });
    expect(await raise()).toEqual({ incidentId, isNew: false });
    expect(await getIncident(operator, { incidentId })).toMatchObject({
      ...{ status: "open", acknowledgedAt: null, resolvedAt: null, episode: 2 },
    });
    expect(await kinds(incidentId)).toEqual(["opened", "acknowledged", "status", "reopened"]);
    expect((await events()).at(-1)).toBe("incident.opened");
    await moveIncident(operator, { incidentId, fromStatus: "open", toStatus: "resolved" });
    await moveIncident(operator, { incidentId, fromStatus: "resolved", toStatus: "closed" });
    const next = await raise();
    expect(next.isNew).toBe(true);
    // Beside the new one the closed one is not opened again.
    await expect(moveIncident(operator, { incidentId, fromStatus: "closed", toStatus: "open" })).rejects.toMatchObject({
      code: "PreconditionFailed",
      details: { incidentId: next.incidentId },
    });
  });

  it("leaves nothing behind where the caller's transaction fails", async () => {
    const { ctx, alert, events } = await setUp();
    const failing = withTenant(ctx, async (tx) => {
      await raiseIncident(tx, ctx, alert);
      throw new Error("the alert's own row did not fit");
    });
    await expect(failing).rejects.toThrow("did not fit");
    expect(await events()).toEqual([]);
  });
});

describe("noteOnIncident", () => {
  it("adds to the timeline, also of one that was closed meanwhile, and finds no other tenant's", async () => {
    const { ctx, raise, operator, kinds } = await setUp();
    const { incidentId } = await raise();
    const note = { incidentId, kind: "alert_cleared", text: "Back below.", facts: {}, source: "alert" } as const;
    await withTenant(ctx, (tx) => noteOnIncident(tx, ctx, note));
    await moveIncident(operator, { incidentId, fromStatus: "open", toStatus: "resolved" });
    await moveIncident(operator, { incidentId, fromStatus: "resolved", toStatus: "closed" });
    await withTenant(ctx, (tx) => noteOnIncident(tx, ctx, note));
    expect(await kinds(incidentId)).toEqual(["opened", "alert_cleared", "status", "status", "alert_cleared"]);
    const other = await setUp();
    await expect(withTenant(other.ctx, (tx) => noteOnIncident(tx, other.ctx, note))).rejects.toMatchObject({
      code: "NotFound",
    });
  });

  it("writes what nobody changes any more: the app role may neither change nor delete an entry", async () => {
    const { ctx, raise } = await setUp();
    const { incidentId } = await raise();
    const mine = and(eq(incidentEntries.tenantId, ctx.tenantId), eq(incidentEntries.incidentId, incidentId));
    for (const change of [
      () => withTenant(ctx, (tx) => tx.update(incidentEntries).set({ text: "Another" }).where(mine)),
      () => withTenant(ctx, (tx) => tx.delete(incidentEntries).where(mine)),
    ])
      await expect(change()).rejects.toMatchObject({ cause: { code: "42501" } });
  });
});
