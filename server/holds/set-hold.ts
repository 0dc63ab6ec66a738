import { closeGate } from "@/db/gate";
import { holds } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, type Scope, tenantItself } from "@/server/verb";
import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import type { HoldKind } from "./domain/hold";
import { holdSet } from "./events";
import { loadWorkflow } from "./load-hold";
import { holdClassSchema, holdTenantSchema, holdWorkflowSchema } from "./schemas";

const WORDS: Readonly<Record<HoldKind, string>> = { kill: "A kill is on already.", pause: "It is paused already." };

/** What a hold lies on, as its row says. */
type On =
  { scope: "tenant" } | { scope: "workflow"; workflowId: string } | { scope: "class"; executionClass: ExecutionClass };

/** Sets a hold. From the commit on, every turn and start sees it: closing the gate waits for those that may not have. */
async function set({ ctx, tx, now }: Scope, kind: HoldKind, on: On, reason: string) {
  const { tenantId } = ctx;
  const holdId = ctx.newId("hold");
  const [made] = await tx
    .insert(holds)
    .values({ tenantId, id: holdId, kind, ...on, reason, setBy: actorRef(ctx.actor), setAt: now })
    .onConflictDoNothing()
    .returning({ id: holds.id });
  if (made === undefined) throw conflict(WORDS[kind]);
  closeGate(tx, tenantId);
  return {
    value: { holdId },
    detail: { hold: holdId, reason, ...("executionClass" in on ? { executionClass: on.executionClass } : {}) },
    events: [eventOf(holdSet, { tenantId, holdId, kind })],
  };
}

/**
 * Kills a workflow: from the commit on no step of it begins and no run of it starts, until the kill is lifted; its open
 * runs end as killed. Touches nothing but Postgres. Refuses while a kill is on (Conflict).
 */
export const killWorkflow = defineWrite({
  action: "workflow.kill",
  receipt: "workflow.kill",
  input: holdWorkflowSchema,
  load: loadWorkflow,
  write: (scope, { workflowId, reason }) => set(scope, "kill", { scope: "workflow", workflowId }, reason),
});

/** The same for every workflow of the tenant. */
export const killTenant = defineWrite({
  action: "tenant.kill",
  receipt: "tenant.kill",
  input: holdTenantSchema,
  load: tenantItself,
  write: (scope, { reason }) => set(scope, "kill", { scope: "tenant" }, reason),
});

/**
 * Pauses a workflow: runs that are started from the commit on queue until it is resumed; those before go on. Refuses
 * while it is paused (Conflict).
 */
export const pauseWorkflow = defineWrite({
  action: "workflow.pause",
  receipt: "workflow.pause",
  input: holdWorkflowSchema,
  load: loadWorkflow,
  write: (scope, { workflowId, reason }) => set(scope, "pause", { scope: "workflow", workflowId }, reason),
});

/** The same for every workflow of the tenant. */
export const pauseTenant = defineWrite({
  action: "tenant.pause",
  receipt: "tenant.pause",
  input: holdTenantSchema,
  load: tenantItself,
  write: (scope, { reason }) => set(scope, "pause", { scope: "tenant" }, reason),
});

/** The same for the tenant's runs of one class, whatever their workflow. */
export const pauseClass = defineWrite({
  action: "tenant.pause",
  receipt: "class.pause",
  input: holdClassSchema,
  load: tenantItself,
  write: (scope, { executionClass, reason }) => set(scope, "pause", { scope: "class", executionClass }, reason),
});
