import { and, eq } from "drizzle-orm";
import { incidents } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { notFound } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import { addEntry, type EntryContext } from "./add-entry";
import type { TimelineKind, TimelineSource } from "./domain/timeline";

/**
 * Adds to the timeline of an incident, in the caller's transaction; also to one that was closed meanwhile, as what happened
 * happened. Throws NotFound for one that this tenant does not have.
 */
export async function noteOnIncident(
  tx: Tx,
  ctx: EntryContext & { requestId: string },
  note: { incidentId: string; kind: TimelineKind; text: string; facts: Json; source: TimelineSource },
): Promise<void> {
  const [found] = await tx
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(eq(incidents.tenantId, ctx.tenantId), eq(incidents.id, note.incidentId)));
  if (found === undefined) throw notFound("incident");
  await addEntry(tx, ctx, { ...note, actor: "system" });
}
