import { and, desc, eq, lt } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { drills } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import { defineRead } from "@/server/verb";
import { loadDrills } from "./ask-drill";
import { drillReport } from "./domain/report";
import { drillSchema, listDrillsSchema } from "./schemas";

/** Drills that have ended, latest first, each with its grade and how long its stages took. */
export const listDrills = defineRead({
  action: "incident.read",
  input: listDrillsSchema,
  load: loadDrills,
  read: async ({ ctx, tx }, { limit, cursor }) => {
    const rows = await tx
      .select()
      .from(drills)
      .where(and(eq(drills.tenantId, ctx.tenantId), cursor === undefined ? undefined : lt(drills.id, cursor)))
      .orderBy(desc(drills.id))
      .limit(limit + 1);
    const page = toPageById(rows, limit);
    return {
      nextCursor: page.nextCursor,
      rows: page.rows.map(({ id, incidentId, grade, startedAt, endedAt, record: { durations, missed, notes } }) => ({
        ...{ id, incidentId, grade, durations, missed, notes },
        ...{ startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() },
      })),
    };
  },
});

/** One drill with its report. Throws NotFound. */
export const getDrill = defineRead({
  action: "incident.read",
  input: drillSchema,
  load: loadDrills,
  read: async ({ ctx, tx }, { drillId }) => {
    const [row] = await tx
      .select()
      .from(drills)
      .where(and(eq(drills.tenantId, ctx.tenantId), eq(drills.id, drillId)));
    if (row === undefined) throw notFound("drill");
    return { ...row.record, report: drillReport(row.record), reportDigest: row.reportDigest };
  },
});
