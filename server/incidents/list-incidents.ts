import { and, eq, ilike, notInArray, or, type SQL } from "drizzle-orm";
import { afterCursor, containing, newestFirst, toPage } from "@/db/paging";
import { incidents } from "@/db/schema";
import { nameReferences } from "@/server/receipts";
import { defineRead } from "@/server/verb";
import { overviewOf } from "./dto";
import { loadIncidents } from "./load";
import { type INCIDENT_PARTS, listIncidentsSchema } from "./schemas";

function inPart(part: (typeof INCIDENT_PARTS)[number]): SQL | undefined {
  if (part === "all") return undefined;
  return part === "unresolved" ? notInArray(incidents.status, ["resolved", "closed"]) : eq(incidents.status, part);
}

function meant(text: string | undefined): SQL | undefined {
  if (text === undefined) return undefined;
  const pattern = containing(text);
  return or(...[ilike(incidents.title, pattern), ilike(incidents.summary, pattern)], eq(incidents.id, text));
}

/** The tenant's incidents, newest first. */
export const listIncidents = defineRead({
  action: "incident.read",
  input: listIncidentsSchema,
  load: loadIncidents,
  read: async (scope, { part, severity, text, limit, cursor }) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select()
      .from(incidents)
      .where(
        and(
          ...[eq(incidents.tenantId, ctx.tenantId), inPart(part), meant(text)],
          severity === undefined ? undefined : eq(incidents.severity, severity),
          afterCursor(incidents.openedAt, incidents.id, cursor),
        ),
      )
      .orderBy(...newestFirst(incidents.openedAt, incidents.id))
      .limit(limit + 1);
    const page = toPage(rows, limit, ({ openedAt, id }) => ({ at: openedAt, id }));
    const names = await nameReferences(
      scope,
      page.rows.flatMap(({ acknowledgedBy }) => acknowledgedBy ?? []),
    );
    return { nextCursor: page.nextCursor, rows: page.rows.map((row) => overviewOf(row, names)) };
  },
});
