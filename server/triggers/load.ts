import { and, count, eq, isNull } from "drizzle-orm";
import { tenants, triggers, workflows } from "@/db/schema";
import type { GovernedResource } from "@/policies/access/request";
import { limitReached, must, notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";
import { type TriggerKind, TRIGGERS_MAX } from "./domain/kinds";
import { roleToAct } from "./domain/rights";

export type TriggerRow = typeof triggers.$inferSelect;
type WorkflowRow = typeof workflows.$inferSelect;

/** A trigger as policy sees it: what it starts. */
function triggerResource(workflow: WorkflowRow): Extract<GovernedResource, { subject: "trigger" }> {
  const { tenantId, environment, region, riskProfile, businessUnit, dataSensitivity } = workflow;
  return {
    ...{ subject: "trigger", tenantId, environment, region, riskProfile, businessUnit, dataSensitivity },
    contributors: [],
  };
}

/** The workflow that a trigger is for, as policy sees its triggers; throws NotFound. */
export async function loadTarget({ ctx, tx }: Scope, { workflowId }: { workflowId: string }) {
  const [workflow] = await tx
    .select()
    .from(workflows)
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowId)));
  if (workflow === undefined) throw notFound("workflow");
  return { workflow, resource: triggerResource(workflow), subject: `workflow:${workflow.id}` };
}

/** A trigger that was not deleted, locked, with what it starts; throws NotFound, for one of another kind too. */
export async function loadTrigger({ ctx, tx }: Scope, { triggerId }: { triggerId: string }, kind?: TriggerKind) {
  const [found] = await tx
    .select({ trigger: triggers, workflow: workflows })
    .from(triggers)
    .innerJoin(workflows, and(eq(workflows.tenantId, triggers.tenantId), eq(workflows.id, triggers.workflowId)))
    .where(
      and(
        ...[eq(triggers.tenantId, ctx.tenantId), eq(triggers.id, triggerId), isNull(triggers.deletedAt)],
        kind === undefined ? undefined : eq(triggers.kind, kind),
      ),
    )
    .for("update", { of: triggers });
  if (found === undefined) throw notFound("trigger");
  return { ...found, resource: triggerResource(found.workflow), subject: `trigger:${triggerId}` };
}

/** Writers of a tenant's triggers take turns from here on, so that limits and loops are told from what is there. */
export async function takeTurn({ ctx, tx }: Scope): Promise<void> {
  await tx
    .select({ id: tenants.tenantId })
    .from(tenants)
    .where(eq(tenants.tenantId, ctx.tenantId))
    .for("no key update");
}

/** Throws LimitReached where the tenant has as many triggers of the kind as it may. */
export async function refuseTooMany({ ctx, tx }: Scope, kind: TriggerKind): Promise<void> {
  const [row] = await tx
    .select({ there: count() })
    .from(triggers)
    .where(and(eq(triggers.tenantId, ctx.tenantId), eq(triggers.kind, kind), isNull(triggers.deletedAt)));
  if (must(row, "a count is a row").there >= TRIGGERS_MAX)
    throw limitReached(`A tenant may have ${TRIGGERS_MAX} triggers of a kind. Delete one first.`, {
      limit: TRIGGERS_MAX,
    });
}

/**
 * The rights with which a trigger acts from now on: those of whoever saves it, or of the role that they may hand out. So
 * nobody makes, alters or takes over one that may do more than they could bring about.
 */
export function rightsOf({ ctx }: Scope) {
  const { roles, region, businessUnit, clearance } = ctx.principal;
  const role = must(roleToAct(roles), "policy lets nobody save a trigger who holds none of these roles");
  return { roles: [role], region, businessUnit, clearance };
}
