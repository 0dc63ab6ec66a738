import { and, desc, eq, lt } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { incidentEntries } from "@/db/schema";
import { nameReferences } from "@/server/receipts";
import { defineRead } from "@/server/verb";
import { nameIn } from "./dto";
import { loadIncident } from "./load";
import { listEntriesSchema } from "./schemas";

/** What happened in an incident, latest first. */
export const listEntries = defineRead({
  action: "incident.read",
  input: listEntriesSchema,
  load: loadIncident,
  read: async (scope, { incidentId, limit, cursor }) => {
    const { ctx, tx } = scope;
    const rows = await tx
      .select()
      .from(incidentEntries)
      .where(
        and(
          ...[eq(incidentEntries.tenantId, ctx.tenantId), eq(incidentEntries.incidentId, incidentId)],
          cursor === undefined ? undefined : lt(incidentEntries.id, cursor),
        ),
      )
      // Ids sort by time.
      .orderBy(desc(incidentEntries.id))
      .limit(limit + 1);
    const page = toPageById(rows, limit);
    const names = await nameReferences(
      scope,
      page.rows.map(({ actor }) => actor),
    );
    return {
      nextCursor: page.nextCursor,
      rows: page.rows.map(({ id, kind, source, actor, text, facts, isPublic, at }) => ({
        ...{ id, kind, source, text, facts, isPublic, at: at.toISOString(), actorName: nameIn(names, actor) ?? actor },
      })),
    };
  },
});
