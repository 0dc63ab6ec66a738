import { triggers, triggerSecrets } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { makeSigningSecret } from "@/server/secrets";
import { defineWrite, type Scope } from "@/server/verb";
import type { TriggerKind } from "./domain/kinds";
import { KIND_ACTION } from "./domain/rights";
import { loadTarget, refuseTooMany, rightsOf, takeTurn } from "./load";
import { type Prepared, prepareEvent, prepareSchedule, prepareWebhook } from "./prepare-settings";
import { createEventTriggerSchema, createScheduleSchema, createWebhookSchema } from "./schemas";

interface Wanted {
  workflowId: string;
  name: string;
  isEnabled: boolean;
}

async function insert(scope: Scope, kind: TriggerKind, wanted: Wanted, prepare: () => Promise<Prepared>) {
  const { ctx, tx, now } = scope;
  await takeTurn(scope);
  await refuseTooMany(scope, kind);
  const { workflowId, name, isEnabled } = wanted;
  const prepared = await prepare();
  const triggerId = ctx.newId("trigger");
  const rights = rightsOf(scope);
  await tx.insert(triggers).values({
    ...{ tenantId: ctx.tenantId, id: triggerId, workflowId, kind, name, isEnabled, ...prepared, ...rights },
    ...{ createdBy: actorRef(ctx.actor), createdAt: now, updatedAt: now },
  });
  const { settings, sourceWorkflowId } = prepared;
  return {
    triggerId,
    subject: `trigger:${triggerId}`,
    detail: { kind, name, workflowId, sourceWorkflowId, isEnabled, settings: { ...settings }, rights },
  };
}

/** Makes a webhook trigger and gives its signing secret, this once. Refuses more than 100 (LimitReached). */
export const createWebhook = defineWrite({
  action: KIND_ACTION.webhook,
  receipt: "trigger.create",
  input: createWebhookSchema,
  load: loadTarget,
  write: async (scope, input) => {
    const { triggerId, ...made } = await insert(scope, "webhook", input, () => prepareWebhook(scope, input));
    return { ...made, value: { triggerId, secret: await makeSigningSecret(scope, triggerSecrets, triggerId) } };
  },
});

/** Makes a schedule. Refuses one that is none, input that does not fit (Invalid), and more than 100 (LimitReached). */
export const createSchedule = defineWrite({
  action: KIND_ACTION.schedule,
  receipt: "trigger.create",
  input: createScheduleSchema,
  load: loadTarget,
  write: async (scope, input) => {
    const prepare = () => prepareSchedule(scope, input, input.workflowId);
    const { triggerId, ...made } = await insert(scope, "schedule", input, prepare);
    return { ...made, value: { triggerId } };
  },
});

/** Lets events start the workflow. Refuses triggers that would start each other without end (Invalid), and more than 100. */
export const createEventTrigger = defineWrite({
  action: KIND_ACTION.event,
  receipt: "trigger.create",
  input: createEventTriggerSchema,
  load: loadTarget,
  write: async (scope, input) => {
    const prepare = () => prepareEvent(scope, input, input.workflowId, null);
    const { triggerId, ...made } = await insert(scope, "event", input, prepare);
    return { ...made, value: { triggerId } };
  },
});
