import { and, eq } from "drizzle-orm";
import { incidents, incidentTasks } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";

export type IncidentRow = typeof incidents.$inferSelect;

const incidentResource = (tenantId: string) => ({ subject: "incident" as const, tenantId });

/** The tenant's incidents at large. */
export async function loadIncidents({ ctx }: Scope) {
  return { resource: incidentResource(ctx.tenantId), subject: `tenant:${ctx.tenantId}` };
}

const one = ({ ctx, tx }: Scope, incidentId: string) =>
  tx
    .select()
    .from(incidents)
    .where(and(eq(incidents.tenantId, ctx.tenantId), eq(incidents.id, incidentId)));

function found({ ctx }: Scope, incident: IncidentRow | undefined) {
  if (incident === undefined) throw notFound("incident");
  return { incident, resource: incidentResource(ctx.tenantId), subject: `incident:${incident.id}` };
}

/** An incident of this tenant; throws NotFound. */
export async function loadIncident(scope: Scope, { incidentId }: { incidentId: string }) {
  const [incident] = await one(scope, incidentId);
  return found(scope, incident);
}

/** The same, locked: whoever changes an incident takes turns with alerts and other people. */
export async function loadIncidentForChange(scope: Scope, { incidentId }: { incidentId: string }) {
  const [incident] = await one(scope, incidentId).for("update");
  return found(scope, incident);
}

/** A task with its incident, both locked; throws NotFound. */
export async function loadTaskForChange(scope: Scope, { taskId }: { taskId: string }) {
  const { ctx, tx } = scope;
  const [task] = await tx
    .select()
    .from(incidentTasks)
    .where(and(eq(incidentTasks.tenantId, ctx.tenantId), eq(incidentTasks.id, taskId)))
    .for("update");
  if (task === undefined) throw notFound("task of an incident");
  return { task, ...(await loadIncidentForChange(scope, task)) };
}
