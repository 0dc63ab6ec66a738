import { and, asc, desc, eq, gte, gt, isNull, or } from "drizzle-orm";
import { sloAlerts, sloHours, sloMinutes } from "@/db/schema";
import { defineRead } from "@/server/verb";
import { loadSlo } from "./load-standings";
import { sloHistorySchema } from "./schemas";

const DAY_MS = 86_400_000;

/** Alerts of a range that are told at most. */
const MOST_ALERTS = 200;

/**
 * What an objective counted over so many days, oldest first: by the minute for one day, else by the hour, each named by its
 * close; times without events are left out. With the alerts that were on meanwhile, newest first.
 */
export const getSloHistory = defineRead({
  action: "slo.read",
  input: sloHistorySchema,
  load: loadSlo,
  read: async ({ ctx, tx, now }, { days }, { row }) => {
    const since = new Date(now.getTime() - days * DAY_MS);
    const { tenantId } = ctx;
    const table = days === 1 ? sloMinutes : sloHours;
    const moment = days === 1 ? sloMinutes.minute : sloHours.hour;
    const points = await tx
      .select({ at: moment, good: table.good, total: table.total })
      .from(table)
      .where(
        and(
          eq(table.tenantId, tenantId),
          eq(table.sloId, row.id),
          eq(table.generation, row.generation),
          gt(moment, since),
        ),
      )
      .orderBy(asc(moment));
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
      ...{ days, step: days === 1 ? ("minute" as const) : ("hour" as const), since: since.toISOString() },
      points: points.map(({ at, good, total }) => ({ at: at.toISOString(), good, total })),
      alerts: alerts.map(({ id, ruleId, severity, reason, openedAt, closedAt, incidentId, figures }) => ({
        ...{ id, ruleId, severity, reason, incidentId, figures },
        ...{ openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null },
      })),
    };
  },
});
