import { and, eq } from "drizzle-orm";
import { triggers } from "@/db/schema";
import { defineWrite, type Scope } from "@/server/verb";
import { KIND_ACTION } from "./domain/rights";
import { loadTrigger, rightsOf, takeTurn, type TriggerRow } from "./load";
import { type Prepared, prepareEvent, prepareSchedule, prepareWebhook } from "./prepare-settings";
import { updateEventTriggerSchema, updateScheduleSchema, updateWebhookSchema } from "./schemas";

interface Named {
  triggerId: string;
}

async function update(
  scope: Scope,
  { kind, id, workflowId }: TriggerRow,
  { name, isEnabled }: { name: string; isEnabled: boolean },
  prepared: Prepared,
) {
  const { ctx, tx, now } = scope;
  const rights = rightsOf(scope);
  await tx
    .update(triggers)
    .set({ name, isEnabled, ...prepared, ...rights, updatedAt: now })
    .where(and(eq(triggers.tenantId, ctx.tenantId), eq(triggers.id, id)));
  const { settings, sourceWorkflowId } = prepared;
  return {
    value: { triggerId: id },
    detail: { kind, name, workflowId, sourceWorkflowId, isEnabled, settings: { ...settings }, rights },
  };
}

/** Alters or enables a webhook trigger; it acts with the rights of who saved it from now on. Its secret stays. */
export const updateWebhook = defineWrite({
  action: KIND_ACTION.webhook,
  receipt: "trigger.update",
  input: updateWebhookSchema,
  load: (scope, input: Named) => loadTrigger(scope, input, "webhook"),
  write: async (scope, input, { trigger }) => update(scope, trigger, input, await prepareWebhook(scope, input)),
});

/** The same for a schedule; it waits for its next slot from now on. */
export const updateSchedule = defineWrite({
  action: KIND_ACTION.schedule,
  receipt: "trigger.update",
  input: updateScheduleSchema,
  load: (scope, input: Named) => loadTrigger(scope, input, "schedule"),
  write: async (scope, input, { trigger }) =>
    update(scope, trigger, input, await prepareSchedule(scope, input, trigger.workflowId)),
});

/** The same for an event trigger. */
export const updateEventTrigger = defineWrite({
  action: KIND_ACTION.event,
  receipt: "trigger.update",
  input: updateEventTriggerSchema,
  load: async (scope, input: Named) => {
    await takeTurn(scope);
    return loadTrigger(scope, input, "event");
  },
  write: async (scope, input, { trigger }) =>
    update(scope, trigger, input, await prepareEvent(scope, input, trigger.workflowId, trigger.id)),
});
