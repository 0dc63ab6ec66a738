import { and, eq } from "drizzle-orm";
import { triggers, triggerSecrets } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { defineWrite, type Scope } from "@/server/verb";
import { loadTrigger } from "./load";
import { triggerSchema } from "./schemas";

const one = ({ ctx }: Scope, triggerId: string) => and(eq(triggers.tenantId, ctx.tenantId), eq(triggers.id, triggerId));

/** Lets a trigger fire no more until it is saved as enabled. Refuses one that is disabled (Conflict). */
export const disableTrigger = defineWrite({
  action: "trigger.disable",
  receipt: "trigger.disable",
  input: triggerSchema,
  load: (scope, input) => loadTrigger(scope, input),
  write: async (scope, { triggerId }, { trigger }) => {
    if (!trigger.isEnabled) throw conflict("This trigger is disabled already.");
    await scope.tx
      .update(triggers)
      .set({ isEnabled: false, nextAt: null, updatedAt: scope.now })
      .where(one(scope, triggerId));
    return { value: { triggerId }, detail: { name: trigger.name, workflowId: trigger.workflowId } };
  },
});

/** Deletes a trigger and its signing secrets, for good. What it started stays. */
export const deleteTrigger = defineWrite({
  action: "trigger.delete",
  receipt: "trigger.delete",
  input: triggerSchema,
  load: (scope, input) => loadTrigger(scope, input),
  write: async (scope, { triggerId }, { trigger }) => {
    const { ctx, tx, now } = scope;
    await tx
      .update(triggers)
      .set({ isEnabled: false, nextAt: null, deletedAt: now, updatedAt: now })
      .where(one(scope, triggerId));
    await tx
      .delete(triggerSecrets)
      .where(and(eq(triggerSecrets.tenantId, ctx.tenantId), eq(triggerSecrets.id, triggerId)));
    return { value: { triggerId }, detail: { name: trigger.name, workflowId: trigger.workflowId } };
  },
});
