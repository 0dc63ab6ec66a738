import { and, asc, desc, eq, gte, gt, isNull, or } from "drizzle-orm";
import { sloAlerts, sloHours, sloMinutes, type slos } from "@/db/schema";
import { defineRead, type Scope } from "@/server/verb";
import { isGoodSlice } from "./domain/timeslices";
import { loadSlo } from "./load-standings";
import { sloHistorySchema } from "./schemas";

const DAY_MS = 86_400_000;

/** Alerts of a range that are told at most. */
const MOST_ALERTS = 200;

type SloRow = typeof slos.$inferSelect;

/** What was counted since a moment, by the minute or by the hour, named by its close. */
async function countedPoints({ ctx, tx }: Scope, row: SloRow, since: Date, by: "minute" | "hour") {
  const table = by === "minute" ? sloMinutes : sloHours;
  const moment = by === "minute" ? sloMinutes.minute : sloHours.hour;
  const its = and(eq(table.tenantId, ctx.tenantId), eq(table.sloId, row.id), eq(table.generation, row.generation));
  return tx
    .select({ at: moment, good: table.good, total: table.total })
    .from(table)
    .where(and(its, gt(moment, since)))
    .orderBy(asc(moment));
}

/** The same in slices of a minute, of which hours know nothing: those that had events, and of them the good ones. */
async function slicePoints(scope: Scope, row: SloRow, since: Date, by: "minute" | "hour") {
  const { method } = row.spec;
  if (method.kind !== "timeslices") return countedPoints(scope, row, since, by);
  const step = by === "minute" ? 60_000 : 3_600_000;
  const hours = new Map<number, { good: number; total: number }>();
  for (const { at, good, total } of await countedPoints(scope, row, since, "minute")) {
    const close = Math.ceil(at.getTime() / step) * step;
    const known = hours.get(close) ?? { good: 0, total: 0 };
    const isGood = isGoodSlice({ good, total }, method.goodPpm);
    hours.set(close, { good: known.good + (isGood ? 1 : 0), total: known.total + 1 });
  }
  return [...hours].map(([at, counts]) => ({ at: new Date(at), ...counts }));
}

/**
 * What an objective counted over so many days, oldest first: by the minute for one day, else by the hour, each named by its
 * close; times without events are left out. Where slices are judged, they are what is counted. With the alerts that were on
 * meanwhile, newest first.
 */
export const getSloHistory = defineRead({
  action: "slo.read",
  input: sloHistorySchema,
  load: loadSlo,
  read: async (scope, { days }, { row }) => {
    const { ctx, tx, now } = scope;
    const since = new Date(now.getTime() - days * DAY_MS);
    const { tenantId } = ctx;
    const step = days === 1 ? ("minute" as const) : ("hour" as const);
    const points = await slicePoints(scope, row, since, step);
    const alerts = await tx
      .select()
      .from(sloAlerts)
      .where(
        and(
          eq(sloAlerts.tenantId, tenantId),
          eq(sloAlerts.sloId, row.id),
          or(isNull(sloAlerts.closedAt), gte(sloAlerts.closedAt, since)),
        ),
      )
      .orderBy(desc(sloAlerts.openedAt), desc(sloAlerts.id))
      .limit(MOST_ALERTS);
    return {
      ...{ days, step, since: since.toISOString() },
      points: points.map(({ at, good, total }) => ({ at: at.toISOString(), good, total })),
      alerts: alerts.map(({ id, ruleId, severity, reason, openedAt, closedAt, incidentId, figures }) => ({
        ...{ id, ruleId, severity, reason, incidentId, figures },
        ...{ openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null },
      })),
    };
  },
});
