import { createHash } from "node:crypto";
import { and, asc, eq, gt } from "drizzle-orm";
import { sloAlerts, sloHours, tenants } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { must } from "@/server/kernel/errors";
import { digestJson, type Json } from "@/server/kernel/json";
import { env } from "@/server/platform/env";
import { loadStandings } from "@/server/slos";
import { PERIOD } from "@/server/slos/domain/alert";
import { NONE } from "@/server/slos/domain/counts";
import { type Collector, jsonDocument } from "./collector";
import { capturePng, captureSvg } from "./draw-capture";

const DAYS = 28;
const DAY_MS = 86_400_000;
/** An objective that was not counted for this long is behind, in milliseconds. */
const BEHIND_MS = 3_600_000;

/** The objectives of a tenant as they stand, each with its hours and alerts since a moment. */
async function readObjectives(tx: Tx, tenantId: string, from: Date) {
  const standings = await loadStandings(tx, tenantId);
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
  return standings.map((standing) => ({
    ...standing,
    hours: hours.filter(({ sloId, generation }) => sloId === standing.slo.id && generation === standing.slo.generation),
    alerts: alerts.filter(({ sloId }) => sloId === standing.slo.id),
  }));
}

type Objective = Awaited<ReturnType<typeof readObjectives>>[number];

const documentOf = ({ slo, standing, watermark, countedSince, period, hours, alerts }: Objective): Json => ({
  ...{ id: slo.id, sli: slo.sli, spec: JSON.parse(JSON.stringify(slo.spec)) as Json },
  ...{ watermark: watermark.toISOString(), countedSince: countedSince.toISOString() },
  period: { from: period.from.toISOString(), minutes: period.minutes },
  windows: Object.fromEntries([...standing.windows].map(([name, { good, total }]) => [name, { good, total }])),
  hours: hours.map(({ hour, good, total }) => ({ hour: hour.toISOString(), good, total })),
  alerts: alerts.map(({ id, ruleId, severity, openedAt, closedAt, incidentId }) => ({
    ...{ id, ruleId, severity, incidentId, openedAt: openedAt.toISOString() },
    closedAt: closedAt?.toISOString() ?? null,
  })),
});

async function urlOf(tx: Tx, tenantId: string): Promise<string> {
  const [tenant] = await tx.select({ slug: tenants.slug }).from(tenants).where(eq(tenants.tenantId, tenantId));
  return new URL(`/t/${must(tenant, "a tenant has a row").slug}/slos`, env().CONDUCTOR_PUBLIC_URL).href;
}

/**
 * Every objective as it stands, with what it counted by the hour over four weeks and its alerts: the data, and pictures that
 * are drawn from just that, as SVG and PNG. Each says its address, query, moment and, of the data, the digest.
 */
export const sloCapture: Collector = {
  kind: "slo-capture",
  collect: async ({ tx, tenantId, now }) => {
    const from = new Date(now.getTime() - DAYS * DAY_MS);
    const found = await readObjectives(tx, tenantId, from);
    if (found.length === 0) return [];
    const objectives = found.map(documentOf);
    const url = await urlOf(tx, tenantId);
    const query = { address: "/slos", url, days: DAYS, by: "hour", capturedAt: now.toISOString() };
    const populationDigest = digestJson(objectives);
    const sumOf = (name: "hours" | "alerts") => found.reduce((sum, each) => sum + each[name].length, 0);
    const counts = { objectives: found.length, hours: sumOf("hours"), alerts: sumOf("alerts") };
    const behind = found.filter(({ watermark }) => now.getTime() - watermark.getTime() > BEHIND_MS).length;
    const facts = { ...counts, behind, populationDigest };
    const data = jsonDocument({ query, ...counts, populationDigest, items: objectives });
    const dataDigest = createHash("sha256").update(data.content, "utf8").digest("hex");
    const said = `Query: ${DAYS} days by hour, ${counts.hours} hours, ${counts.alerts} alerts.`;
    const capture = {
      objectives: found.map(({ slo, standing, hours, alerts }) => ({
        ...{ spec: slo.spec, period: standing.windows.get(PERIOD) ?? NONE, hours, alerts },
      })),
      ...{ source: { url, query: said, capturedAt: now, dataDigest }, from, to: now },
    };
    const picture = { covers: { from, to: now }, facts: { ...facts, dataDigest } };
    return [
      {
        ...{ subject: "objectives", title: "Service-level objectives", fileName: "objectives.json" },
        ...{ ...data, covers: { from, to: now }, facts },
      },
      {
        ...{ subject: "objectives.svg", title: "Service-level objectives, drawn", fileName: "objectives.svg" },
        ...{ ...picture, mediaType: "image/svg+xml", content: () => captureSvg(capture) },
      },
      {
        ...{ subject: "objectives.png", title: "Service-level objectives, as a picture", fileName: "objectives.png" },
        ...{ ...picture, mediaType: "image/png", content: () => capturePng(capture) },
      },
    ];
  },
};
