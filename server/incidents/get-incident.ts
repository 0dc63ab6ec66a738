import { and, asc, eq, sql } from "drizzle-orm";
import { incidentEntries, incidentRoles, incidentTasks, members, users } from "@/db/schema";
import { decide } from "@/policies/access/decide";
import { explainDenial } from "@/policies/access/explain";
import type { Action } from "@/policies/access/vocabulary";
import { nameReferences } from "@/server/receipts";
import { defineRead, policiesOf, type Scope } from "@/server/verb";
import { nameIn, overviewOf } from "./dto";
import { nextStatuses } from "./domain/status";
import { loadIncident } from "./load";
import { runbooksOf } from "./runbooks-of";
import { incidentSchema } from "./schemas";

/** Why the caller may not do something with this tenant's incidents, in words; null when they may. */
function whyNot({ ctx }: Scope, action: Action): string | null {
  const resource = { subject: "incident" as const, tenantId: ctx.tenantId };
  const decision = decide(policiesOf(ctx.tenant), { principal: ctx.principal, action, resource });
  return decision.allow ? null : explainDenial(action, decision);
}

/** Runs that it is about, as the caller may know them. */
async function linkedRuns(scope: Scope, incidentId: string) {
  const { ctx, tx } = scope;
  const rows = await tx
    .selectDistinct({ runId: sql<string>`${incidentEntries.facts}->>'runId'` })
    .from(incidentEntries)
    .where(
      and(
        ...[eq(incidentEntries.tenantId, ctx.tenantId), eq(incidentEntries.incidentId, incidentId)],
        eq(incidentEntries.kind, "link"),
      ),
    );
  const names = await nameReferences(
    scope,
    rows.map(({ runId }) => `run:${runId}`),
  );
  return rows.map(({ runId }) => ({ runId, name: names.get(`run:${runId}`)?.name ?? null }));
}

/** One incident with its parts, tasks and links, and what the caller may do with it. Its timeline is a list of its own. */
export const getIncident = defineRead({
  action: "incident.read",
  input: incidentSchema,
  load: loadIncident,
  read: async (scope, { incidentId }, { incident }) => {
    const { ctx, tx } = scope;
    const roles = await tx
      .select({ role: incidentRoles.role, memberId: members.id, name: users.name, email: users.email })
      .from(incidentRoles)
      .innerJoin(users, eq(users.id, incidentRoles.userId))
      .leftJoin(members, and(eq(members.tenantId, ctx.tenantId), eq(members.userId, incidentRoles.userId)))
      .where(and(eq(incidentRoles.tenantId, ctx.tenantId), eq(incidentRoles.incidentId, incidentId)));
    const tasks = await tx
      .select({ task: incidentTasks, name: users.name, email: users.email })
      .from(incidentTasks)
      .leftJoin(users, eq(users.id, incidentTasks.ownerId))
      .where(and(eq(incidentTasks.tenantId, ctx.tenantId), eq(incidentTasks.incidentId, incidentId)))
      .orderBy(asc(incidentTasks.id));
    const people = [incident.openedBy, incident.acknowledgedBy, ...tasks.map(({ task }) => task.doneBy)];
    const names = await nameReferences(
      scope,
      people.filter((person) => person !== null),
    );
    const runbook = await runbooksOf(tx, ctx.tenantId, [incident]);
    return {
      ...overviewOf(incident, names),
      ...{ summary: incident.summary, sloId: incident.sloId, facts: incident.facts, episode: incident.episode },
      openedByName: nameIn(names, incident.openedBy) ?? "",
      runbook: runbook(incident),
      lastAlertAt: incident.lastAlertAt?.toISOString() ?? null,
      roles: roles.map(({ role, memberId, name, email }) => ({ role, memberId, name: name ?? email })),
      tasks: tasks.map(({ task, name, email }) => ({
        ...{ id: task.id, title: task.title, ownerName: name ?? email, dueAt: task.dueAt?.toISOString() ?? null },
        ...{ doneAt: task.doneAt?.toISOString() ?? null, doneByName: nameIn(names, task.doneBy) },
      })),
      runs: await linkedRuns(scope, incidentId),
      next: nextStatuses(incident.status),
      why: {
        note: whyNot(scope, "incident.declare"),
        work: whyNot(scope, "incident.acknowledge"),
        resolve: whyNot(scope, "incident.resolve"),
      },
    };
  },
});
