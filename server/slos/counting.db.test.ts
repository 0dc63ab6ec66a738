import { and, asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { incidentEntries, incidents, sloAlerts, sloHours, sloMinutes, slos, sloWindows } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { runbooksOf } from "@/server/incidents/runbooks-of";
import type { Sli } from "./domain/sli";
import type { SloEvent } from "./domain/event";
import { countEvents, judgeSlos, recountSlos } from "./index";

const db = useTestDatabase();
const MINUTE = 60_000;
const START = new Date("2026-03-10T12:00:00Z");
const clock = fixedClock(START);
const judge = () => judgeSlos({ database: db.database, clock, newId, requestId: newId("request") });
const count = (tenantId: string, events: readonly SloEvent[]) =>
  countEvents({ database: db.database, tenantId, clock }, events);

const run = (id: string, at: Date, isGood: boolean): SloEvent => ({
  ...{ id, at },
  fact: { kind: "run", status: isGood ? "succeeded" : "failed", executionClass: "standard", workedMs: 10 },
});

async function sloOf(tenantId: string, sli: Sli) {
  const rows = await withTenant({ ...db, tenantId }, (tx) =>
    tx
      .select()
      .from(slos)
      .where(and(eq(slos.tenantId, tenantId), eq(slos.sli, sli))),
  );
  return must(rows[0], `the tenant has ${sli}`);
}

async function watchedTenant(profile: "conductor-governance-saas" | "conductor-governance-white-label") {
  const { tenantId } = await makeTenant(db.database, { profile, plan: "internal" });
  await judge();
  return { tenantId, slo: await sloOf(tenantId, "workflow-success") };
}

const windowsOf = (tenantId: string, sloId: string) =>
  withTenant({ ...db, tenantId }, (tx) =>
    tx
      .select()
      .from(sloWindows)
      .where(and(eq(sloWindows.tenantId, tenantId), eq(sloWindows.sloId, sloId)))
      .orderBy(asc(sloWindows.name)),
  );
const alertsOf = (tenantId: string, sloId: string) =>
  withTenant({ ...db, tenantId }, (tx) =>
    tx
      .select()
      .from(sloAlerts)
      .where(and(eq(sloAlerts.tenantId, tenantId), eq(sloAlerts.sloId, sloId)))
      .orderBy(asc(sloAlerts.ruleId)),
  );

let tenantId: string;
beforeAll(async () => {
  ({ tenantId } = await watchedTenant("conductor-governance-saas"));
});

it("gives a new tenant the objectives of its edition, once", async () => {
  const made = await makeTenant(db.database);
  expect(await judge()).toMatchObject({ opened: 0, closed: 0 });
  await judge();
  const rows = await withTenant({ ...db, tenantId: made.tenantId }, (tx) =>
    tx.select({ sli: slos.sli }).from(slos).where(eq(slos.tenantId, made.tenantId)).orderBy(asc(slos.sli)),
  );
  expect(rows).toHaveLength(5);
});

it("counts an event once, however often and together with itself it is told", async () => {
  const { id } = await sloOf(tenantId, "workflow-success");
  const event = run("once", clock.now(), false);
  expect(await count(tenantId, [event, event])).toMatchObject({ counted: 2 });
  expect(await count(tenantId, [event])).toMatchObject({ counted: 0 });
  const minutes = await withTenant({ ...db, tenantId }, (tx) =>
    tx
      .select()
      .from(sloMinutes)
      .where(and(eq(sloMinutes.tenantId, tenantId), eq(sloMinutes.sloId, id))),
  );
  expect(minutes).toMatchObject([{ good: 0, total: 1 }]);
});

it("counts what people stopped on neither side", async () => {
  const stopped = (["cancelled", "killed"] as const).map((status): SloEvent => ({
    ...{ id: status, at: clock.now() },
    fact: { kind: "run", status, executionClass: "standard", workedMs: 1 },
  }));
  expect(await count(tenantId, stopped)).toEqual({ counted: 0, refused: 0 });
});

it.each([
  ["a year back", -365 * 86_400_000],
  ["a year ahead", 365 * 86_400_000],
  ["in 2038", Date.parse("2038-01-19T03:14:08Z") - START.getTime()],
  ["at no time", NaN],
])("refuses an event that lies %s, and spends no budget", async (_, ms) => {
  const at = new Date(START.getTime() + ms);
  expect(await count(tenantId, [run("astray", at, false)])).toEqual({ counted: 0, refused: 1 });
});

const MANY = 24;
const TURNS = 8;

it("comes to the same as adding up everything, whatever is told late and twice, and whenever it is judged", async () => {
  const told = fc.record({ minutesAgo: fc.nat(45), isGood: fc.boolean(), isTwice: fc.boolean() });
  const histories = fc.sample(fc.array(told, { maxLength: 6 }), { numRuns: MANY * TURNS, seed: 8 });
  const pauses = fc.sample(fc.integer({ min: 1, max: 90 }), { numRuns: TURNS, seed: 8 });
  const profiles = ["conductor-governance-saas", "conductor-governance-white-label"] as const;
  const made = await Promise.all(
    Array.from({ length: MANY }, async (_, place) =>
      makeTenant(db.database, { profile: must(profiles[place % 2], "one of two") }),
    ),
  );
  await judge();
  const all = new Map(made.map(({ tenantId: own }) => [own, [] as { minute: number; isGood: boolean }[]]));
  let ids = 0;
  for (const [turn, minutes] of pauses.entries()) {
    for (const [place, { tenantId: own }] of made.entries()) {
      const events = must(histories[turn * MANY + place], "a turn of the history").map(
        ({ minutesAgo, isGood, isTwice }) => {
          const at = new Date(clock.now().getTime() - minutesAgo * MINUTE);
          ids += 1;
          all.get(own)?.push({ minute: (Math.floor(at.getTime() / MINUTE) + 1) * MINUTE, isGood });
          return { event: run(`run-${ids}`, at, isGood), isTwice };
        },
      );
      await count(
        own,
        events.flatMap(({ event, isTwice }) => (isTwice ? [event, event] : [event])),
      );
      await count(
        own,
        events.flatMap(({ event, isTwice }) => (isTwice ? [event] : [])),
      );
    }
    clock.advance(minutes * MINUTE);
    await judge();
  }
  for (const { tenantId: own } of made) {
    const slo = await sloOf(own, "workflow-success");
    const events = must(all.get(own), "it was told of");
    for (const { name, fromAt, toAt, good, total } of await windowsOf(own, slo.id)) {
      const within = events.filter(({ minute }) => minute > fromAt.getTime() && minute <= toAt.getTime());
      const goodOnes = within.filter(({ isGood }) => isGood);
      expect({ own, name, good, total }).toEqual({ own, name, good: goodOnes.length, total: within.length });
    }
    const hours = await withTenant({ ...db, tenantId: own }, (tx) =>
      tx
        .select()
        .from(sloHours)
        .where(and(eq(sloHours.tenantId, own), eq(sloHours.sloId, slo.id))),
    );
    expect(hours.reduce((sum, { total }) => sum + total, 0)).toBe(events.length);
  }
});

it("finds by a recount that every minute is what its events add up to, and that one was altered", async () => {
  const { tenantId: own, slo } = await watchedTenant("conductor-governance-saas");
  await count(own, [run("recounted", clock.now(), true)]);
  const before = await recountSlos(db.database, clock.now());
  expect(before.events).toBeGreaterThan(0);
  expect(before.different).toBe(0);
  await withTenant({ ...db, tenantId: own }, (tx) =>
    tx
      .update(sloMinutes)
      .set({ total: 7 })
      .where(and(eq(sloMinutes.tenantId, own), eq(sloMinutes.sloId, slo.id))),
  );
  expect((await recountSlos(db.database, clock.now())).different).toBe(1);
});

let outages = 0;
/** Five runs of a minute that then closes and is judged. */
async function minute(own: string, isGood: boolean) {
  const events = Array.from({ length: 5 }, () => run(`outage-${(outages += 1)}`, clock.now(), isGood));
  await count(own, events);
  clock.advance(MINUTE);
  return judge();
}
const incidentsOf = (own: string) =>
  withTenant({ ...db, tenantId: own }, (tx) => tx.select().from(incidents).where(eq(incidents.tenantId, own)));

it("opens one alert per rule at an outage, and closes each with its short window", async () => {
  const { tenantId: own, slo } = await watchedTenant("conductor-governance-saas");
  await minute(own, false);
  await minute(own, false);
  const open = await alertsOf(own, slo.id);
  expect(open.some(({ severity }) => severity === "page")).toBe(true);
  expect(new Set(open.map(({ ruleId }) => ruleId)).size).toBe(open.length);
  for (let times = 0; times < 6; times += 1) await minute(own, true);
  const quick = (await alertsOf(own, slo.id)).filter(({ ruleId }) => ruleId === "page-quick");
  expect(quick.map(({ closedAt }) => closedAt !== null)).toEqual([true]);
});

it("opens one incident for all alerts of an objective, and tells it when one goes off", async () => {
  const { tenantId: own, slo } = await watchedTenant("conductor-governance-saas");
  await minute(own, false);
  await minute(own, false);
  const raised = (await incidentsOf(own)).filter(({ key }) => key === `slo:${slo.id}`);
  expect(raised).toMatchObject([{ status: "open", severity: "sev2", source: "slo" }]);
  const [incident] = raised;
  const alerts = await alertsOf(own, slo.id);
  expect(alerts.length).toBeGreaterThan(1);
  expect(alerts.every(({ incidentId }) => incidentId === incident?.id)).toBe(true);
  const runbook = async () =>
    (await withTenant({ ...db, tenantId: own }, (tx) => runbooksOf(tx, own, raised)))(
      raised[0] ?? { id: "", sloId: null },
    );
  expect(await runbook()).toBe("/docs/runbooks/slo-workflow-success#page-quick");
  for (let times = 0; times < 6; times += 1) await minute(own, true);
  // The quick one is off by now, and the slow one still burns.
  expect(await runbook()).toBe("/docs/runbooks/slo-workflow-success#page-slow");
  const entries = await withTenant({ ...db, tenantId: own }, (tx) =>
    tx.select().from(incidentEntries).where(eq(incidentEntries.tenantId, own)),
  );
  expect(entries.map(({ kind }) => kind)).toContain("alert_cleared");
});

it("keeps alerts of a tenant without the feature, and opens no incident", async () => {
  const { tenantId: own } = await makeTenant(db.database, { plan: "standard" });
  await judge();
  const slo = await sloOf(own, "workflow-success");
  await minute(own, false);
  await minute(own, false);
  expect((await alertsOf(own, slo.id)).length).toBeGreaterThan(0);
  expect(await incidentsOf(own)).toEqual([]);
});

it("judges everybody else where one tenant cannot be judged, and fails at the end", async () => {
  const broken = await watchedTenant("conductor-governance-saas");
  const { tenantId: own, slo } = await watchedTenant("conductor-governance-saas");
  const spec = { ...broken.slo.spec, window: { kind: "calendar", unit: "month", timeZone: "Mars/Olympus" } } as const;
  const change = (to: typeof broken.slo.spec) =>
    withTenant({ ...db, tenantId: broken.tenantId }, (tx) =>
      tx
        .update(slos)
        .set({ spec: to })
        .where(and(eq(slos.tenantId, broken.tenantId), eq(slos.id, broken.slo.id))),
    );
  await count(broken.tenantId, [run("broken", clock.now(), false)]);
  await change(spec);
  await expect(minute(own, false)).rejects.toThrow("judging failed for 1");
  expect((await alertsOf(own, slo.id)).length).toBeGreaterThan(0);
  await change(broken.slo.spec);
});
