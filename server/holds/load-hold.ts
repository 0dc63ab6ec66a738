import { and, eq } from "drizzle-orm";
import { holds, workflows } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import { type Scope, tenantItself } from "@/server/verb";
import type { HoldKind, HoldScope } from "./domain/hold";

export type HoldRow = typeof holds.$inferSelect;

/** A workflow of this tenant, as policy sees it; throws NotFound. Who wrote it does not matter to holding it. */
export async function loadWorkflow({ ctx, tx }: Scope, { workflowId }: { workflowId: string }) {
  const [workflow] = await tx
    .select()
    .from(workflows)
    .where(and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, workflowId)));
  if (workflow === undefined) throw notFound("workflow");
  const { tenantId, environment, region, riskProfile, businessUnit, dataSensitivity } = workflow;
  const resource = {
    ...{ subject: "workflow" as const, tenantId, environment, region, riskProfile, businessUnit, dataSensitivity },
    contributors: [],
  };
  return { resource, subject: `workflow:${workflow.id}` };
}

/** A hold of this tenant, of one kind and scope, locked for change, with what it lies on; throws NotFound. */
export async function loadHold(scope: Scope, holdId: string, kind: HoldKind, on: HoldScope) {
  const { ctx, tx } = scope;
  const [hold] = await tx
    .select()
    .from(holds)
    .where(and(eq(holds.tenantId, ctx.tenantId), eq(holds.id, holdId), eq(holds.kind, kind), eq(holds.scope, on)))
    .for("update");
  if (hold === undefined) throw notFound("hold");
  const { workflowId } = hold;
  const found = workflowId === null ? await tenantItself(scope) : await loadWorkflow(scope, { workflowId });
  return { ...found, hold };
}
