import { and, asc, eq, gte, lt, lte } from "drizzle-orm";
import { drills, incidentEntries, incidents, incidentTasks, tenants } from "@/db/schema";
import { drillReport } from "@/server/drills/domain/report";
import { type Collected, type Collector, type CollectorScope, jsonDocument, monthOf } from "./collector";

const iso = (at: Date | null) => at?.toISOString() ?? null;

/**
 * All incidents that were opened in the month before, and that there was none where there was none: so that whoever has the
 * reports sees that no one is missing. Nothing for a month that the tenant was not there from the first day on.
 */
async function monthBefore({ tx, tenantId, now }: CollectorScope): Promise<Collected[]> {
  const [from, to] = [-1, 0].map((months) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)));
  const [tenant] = await tx
    .select({ createdAt: tenants.createdAt })
    .from(tenants)
    .where(eq(tenants.tenantId, tenantId));
  if (from === undefined || to === undefined || tenant === undefined || tenant.createdAt > from) return [];
  const opened = await tx
    .select({ id: incidents.id, severity: incidents.severity, status: incidents.status, isDrill: incidents.isDrill })
    .from(incidents)
    .where(and(eq(incidents.tenantId, tenantId), gte(incidents.openedAt, from), lt(incidents.openedAt, to)))
    .orderBy(asc(incidents.id));
  const month = monthOf(from);
  const closed = opened.filter(({ status, isDrill }) => status === "closed" && !isDrill).length;
  return [
    {
      ...{ subject: month, title: `Incidents of ${month}: ${opened.length}`, fileName: `incidents-${month}.json` },
      ...{ ...jsonDocument({ month, opened }), covers: { from, to } },
      ...{ facts: { opened: opened.length, closed }, once: `incidents:${month}` },
    },
  ];
}

/** Each incident that was closed, with its timeline and what was to be done after it; those of drills have reports of their own. */
export const incidentReport: Collector = {
  kind: "incident-report",
  isOfEnded: true,
  collect: async (scope) => {
    const { tx, tenantId, from, now } = scope;
    const closed = await tx
      .select()
      .from(incidents)
      .where(
        and(
          ...[eq(incidents.tenantId, tenantId), eq(incidents.isDrill, false), eq(incidents.status, "closed")],
          ...[gte(incidents.closedAt, from), lte(incidents.closedAt, now)],
        ),
      )
      .orderBy(asc(incidents.id));
    const reports = await Promise.all(
      closed.map(async (incident) => {
        const { id, title, severity, summary, source, openedBy, openedAt, closedAt, episode } = incident;
        const its = and(eq(incidentEntries.tenantId, tenantId), eq(incidentEntries.incidentId, id));
        const entries = await tx.select().from(incidentEntries).where(its).orderBy(asc(incidentEntries.id));
        const ours = and(eq(incidentTasks.tenantId, tenantId), eq(incidentTasks.incidentId, id));
        const tasks = await tx.select().from(incidentTasks).where(ours).orderBy(asc(incidentTasks.id));
        const times = {
          ...{ openedAt: openedAt.toISOString(), acknowledgedAt: iso(incident.acknowledgedAt) },
          ...{ mitigatedAt: iso(incident.mitigatedAt), resolvedAt: iso(incident.resolvedAt), closedAt: iso(closedAt) },
        };
        const document = {
          ...{ id, title, severity, summary, source, openedBy, acknowledgedBy: incident.acknowledgedBy, ...times },
          timeline: entries.map(({ kind, source: by, actor, text, facts, at }) => ({
            ...{ at: at.toISOString(), kind, source: by, actor, text, facts },
          })),
          tasks: tasks.map(({ id: task, title: what, ownerId, dueAt, doneAt, doneBy }) => ({
            ...{ id: task, title: what, ownerId, dueAt: iso(dueAt), doneAt: iso(doneAt), doneBy },
          })),
        };
        return {
          ...{ subject: id, title: `${severity.toUpperCase()}: ${title}`, fileName: `incident-${id}.json` },
          ...{ ...jsonDocument(document), covers: { from: openedAt, to: closedAt ?? now } },
          facts: { severity, ...times, entries: entries.length, tasks: tasks.length },
          once: `incident:${id}:${episode}`,
        };
      }),
    );
    return [...reports, ...(await monthBefore(scope))];
  },
};

/** Each incident drill that ended, as its report says. */
export const drillReports: Collector = {
  kind: "drill-report",
  isOfEnded: true,
  collect: async ({ tx, tenantId, from, now }) => {
    const rows = await tx
      .select()
      .from(drills)
      .where(and(eq(drills.tenantId, tenantId), gte(drills.endedAt, from), lte(drills.endedAt, now)))
      .orderBy(asc(drills.id));
    return rows.map(({ id, grade, record, reportDigest, startedAt, endedAt }) => ({
      ...{ subject: id, title: `Incident drill: ${grade}`, fileName: `drill-${id}.md` },
      ...{ mediaType: "text/markdown", content: drillReport(record), covers: { from: startedAt, to: endedAt } },
      facts: { grade, missed: [...record.missed], reportDigest },
      once: `drill:${id}`,
    }));
  },
};
