import { and, eq } from "drizzle-orm";
import { triggers, triggerSecrets } from "@/db/schema";
import { rotateSigningSecret } from "@/server/secrets";
import { defineWrite } from "@/server/verb";
import { loadTrigger, rightsOf } from "./load";
import { rotateTriggerSecretSchema } from "./schemas";

/**
 * Gives a webhook trigger a new signing secret, shown this once. The one before signs until the grace ends, the one before
 * that no longer. As somebody new holds what starts runs, the trigger acts with the rights of who rotated from now on.
 */
export const rotateTriggerSecret = defineWrite({
  action: "trigger.rotate",
  receipt: "trigger.rotate",
  input: rotateTriggerSecretSchema,
  load: (scope, input) => loadTrigger(scope, input, "webhook"),
  write: async (scope, { triggerId, graceHours }, { trigger }) => {
    const { ctx, tx, now } = scope;
    const secret = await rotateSigningSecret(scope, triggerSecrets, triggerId, graceHours);
    const rights = rightsOf(scope);
    await tx
      .update(triggers)
      .set({ ...rights, updatedAt: now })
      .where(and(eq(triggers.tenantId, ctx.tenantId), eq(triggers.id, triggerId)));
    return { value: { triggerId, secret }, detail: { name: trigger.name, graceHours, rights } };
  },
});
