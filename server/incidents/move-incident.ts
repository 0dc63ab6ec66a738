import { and, eq, ne } from "drizzle-orm";
import { incidents } from "@/db/schema";
import { conflict, preconditionFailed } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, type Scope } from "@/server/verb";
import { addEntry, writtenBy } from "./add-entry";
import { isUnresolved, move, nextStatuses } from "./domain/status";
import { incidentMoved, incidentOpened } from "./events";
import { type IncidentRow, loadIncidentForChange } from "./load";
import { moveIncidentSchema } from "./schemas";

/** A closed incident is not opened again beside another one of the same alerts. */
async function refuseSecond({ ctx, tx }: Scope, { key, status }: IncidentRow): Promise<void> {
  if (status !== "closed" || key === null) return;
  const [other] = await tx
    .select({ id: incidents.id })
    .from(incidents)
    .where(and(eq(incidents.tenantId, ctx.tenantId), eq(incidents.key, key), ne(incidents.status, "closed")));
  if (other !== undefined)
    throw preconditionFailed("The same alerts have opened another incident since.", { incidentId: other.id });
}

/**
 * Brings an incident to another status. Refuses what was read meanwhile changed (Conflict), a way that there is not, and
 * reopening one whose alerts have opened another (PreconditionFailed).
 */
export const moveIncident = defineWrite({
  action: "incident.resolve",
  receipt: "incident.move",
  input: moveIncidentSchema,
  load: loadIncidentForChange,
  write: async (scope, { incidentId, fromStatus, toStatus, note }, { incident }) => {
    const { ctx, tx, now } = scope;
    const { tenantId } = ctx;
    if (incident.status !== fromStatus)
      throw conflict(`This incident is ${incident.status} by now.`, { status: incident.status });
    const moved = move(fromStatus, toStatus, incident, now);
    if (!moved.ok) {
      const words = `An incident that is ${fromStatus} can become ${nextStatuses(fromStatus).join(" or ")}.`;
      throw preconditionFailed(words, { reason: moved.reason, next: nextStatuses(fromStatus) });
    }
    const isReopened = toStatus === "open" && !isUnresolved(fromStatus);
    if (isReopened) await refuseSecond(scope, incident);
    const episode = incident.episode + (isReopened ? 1 : 0);
    await tx
      .update(incidents)
      .set({ ...moved.changes, status: toStatus, episode, ...(isReopened ? { toldAt: now } : {}) })
      .where(and(eq(incidents.tenantId, tenantId), eq(incidents.id, incidentId)));
    await addEntry(tx, ctx, {
      ...{ ...writtenBy(ctx.actor), incidentId, kind: isReopened ? "reopened" : "status", text: note },
      facts: { from: fromStatus, to: toStatus },
    });
    const news = { tenantId, incidentId, episode };
    return {
      value: { status: toStatus },
      detail: { from: fromStatus, to: toStatus },
      events: [
        eventOf(incidentMoved, { ...news, status: toStatus }),
        ...(isReopened ? [eventOf(incidentOpened, news)] : []),
      ],
    };
  },
});
