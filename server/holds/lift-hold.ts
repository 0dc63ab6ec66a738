import { and, eq } from "drizzle-orm";
import { closeGate } from "@/db/gate";
import { holds } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, type Scope } from "@/server/verb";
import { whyNotLifted } from "./domain/hold";
import { holdLifted } from "./events";
import { type HoldRow, loadHold } from "./load-hold";
import { liftHoldSchema } from "./schemas";

async function lift({ ctx, tx, now }: Scope, hold: HoldRow) {
  const why = whyNotLifted(hold);
  if (why !== null) throw conflict(why);
  const { tenantId } = ctx;
  const { id: holdId, kind, executionClass } = hold;
  await tx
    .update(holds)
    .set({ liftedBy: actorRef(ctx.actor), liftedAt: now })
    .where(and(eq(holds.tenantId, tenantId), eq(holds.id, holdId)));
  closeGate(tx, tenantId);
  return {
    value: { holdId },
    detail: { hold: holdId, ...(executionClass === null ? {} : { executionClass }) },
    events: [eventOf(holdLifted, { tenantId, holdId, kind })],
  };
}

/**
 * Lifts the kill of a workflow: its runs start again. Refuses (Conflict) one that was lifted, and one that has not ended
 * all runs yet, which would go on.
 */
export const liftWorkflowKill = defineWrite({
  action: "workflow.lift",
  receipt: "workflow.lift",
  input: liftHoldSchema,
  load: (scope: Scope, { holdId }) => loadHold(scope, holdId, "kill", "workflow"),
  write: (scope, _input, { hold }) => lift(scope, hold),
});

/** The same for the tenant's kill. */
export const liftTenantKill = defineWrite({
  action: "tenant.lift",
  receipt: "tenant.lift",
  input: liftHoldSchema,
  load: (scope: Scope, { holdId }) => loadHold(scope, holdId, "kill", "tenant"),
  write: (scope, _input, { hold }) => lift(scope, hold),
});

/**
 * Ends the pause of a workflow: what queued meanwhile begins, the oldest first, and no later start overtakes it. Refuses
 * one that was lifted (Conflict).
 */
export const resumeWorkflow = defineWrite({
  action: "workflow.resume",
  receipt: "workflow.resume",
  input: liftHoldSchema,
  load: (scope: Scope, { holdId }) => loadHold(scope, holdId, "pause", "workflow"),
  write: (scope, _input, { hold }) => lift(scope, hold),
});

/** The same for the tenant's pause. */
export const resumeTenant = defineWrite({
  action: "tenant.resume",
  receipt: "tenant.resume",
  input: liftHoldSchema,
  load: (scope: Scope, { holdId }) => loadHold(scope, holdId, "pause", "tenant"),
  write: (scope, _input, { hold }) => lift(scope, hold),
});

/** The same for the pause of a class. */
export const resumeClass = defineWrite({
  action: "tenant.resume",
  receipt: "class.resume",
  input: liftHoldSchema,
  load: (scope: Scope, { holdId }) => loadHold(scope, holdId, "pause", "class"),
  write: (scope, _input, { hold }) => lift(scope, hold),
});
