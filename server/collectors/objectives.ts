import { and, asc, eq, gt } from "drizzle-orm";
import { sloAlerts, sloHours } from "@/db/schema";
import { digestJson, type Json } from "@/server/kernel/json";
import { loadStandings } from "@/server/slos";
import { type Collector, jsonDocument } from "./collector";

const DAYS = 28;
const DAY_MS = 86_400_000;
/** An objective that was not counted for this long is behind, in milliseconds. */
const BEHIND_MS = 3_600_000;

/** Every objective as it stands, with what it counted by the hour over four weeks and its alerts: what the pages draw. */
export const sloCapture: Collector = {
  kind: "slo-capture",
  collect: async ({ tx, tenantId, now }) => {
    const from = new Date(now.getTime() - DAYS * DAY_MS);
    const standings = await loadStandings(tx, tenantId);
    if (standings.length === 0) return [];
    const hours = await tx
      .select()
      .from(sloHours)
      .where(and(eq(sloHours.tenantId, tenantId), gt(sloHours.hour, from)))
      .orderBy(asc(sloHours.sloId), asc(sloHours.hour));
    const alerts = await tx
      .select()
      .from(sloAlerts)
      .where(and(eq(sloAlerts.tenantId, tenantId), gt(sloAlerts.openedAt, from)))
      .orderBy(asc(sloAlerts.openedAt), asc(sloAlerts.id));
    const objectives = standings.map(({ slo, standing, watermark, countedSince, period }): Json => ({
      ...{ id: slo.id, sli: slo.sli, spec: JSON.parse(JSON.stringify(slo.spec)) as Json },
      ...{ watermark: watermark.toISOString(), countedSince: countedSince.toISOString() },
      period: { from: period.from.toISOString(), minutes: period.minutes },
      windows: Object.fromEntries([...standing.windows].map(([name, { good, total }]) => [name, { good, total }])),
      hours: hours
        .filter(({ sloId, generation }) => sloId === slo.id && generation === slo.generation)
        .map(({ hour, good, total }) => ({ hour: hour.toISOString(), good, total })),
      alerts: alerts
        .filter(({ sloId }) => sloId === slo.id)
        .map(({ id, ruleId, severity, openedAt, closedAt, incidentId }) => ({
          ...{ id, ruleId, severity, incidentId, openedAt: openedAt.toISOString() },
          closedAt: closedAt?.toISOString() ?? null,
        })),
    }));
    const query = { address: "/slos", days: DAYS, by: "hour", capturedAt: now.toISOString() };
    const populationDigest = digestJson(objectives);
    const counts = { objectives: objectives.length, hours: hours.length, alerts: alerts.length };
    const behind = standings.filter(({ watermark }) => now.getTime() - watermark.getTime() > BEHIND_MS).length;
    return [
      {
        ...{ subject: "objectives", title: "Service-level objectives", fileName: "objectives.json" },
        ...jsonDocument({ query, ...counts, populationDigest, items: objectives }),
        ...{ covers: { from, to: now }, facts: { ...counts, behind, populationDigest } },
      },
    ];
  },
};
