import { and, desc, eq, isNull, lt } from "drizzle-orm";
import { triggers, triggerSecrets } from "@/db/schema";
import { must } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { keepSecret } from "./keep-secret";
import { loadTrigger, rightsOf } from "./load";
import { rotateTriggerSecretSchema } from "./schemas";

const HOUR_MS = 3_600_000;

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
    const itsSecrets = and(eq(triggerSecrets.tenantId, ctx.tenantId), eq(triggerSecrets.id, triggerId));
    const [newest] = await tx
      .select({ version: triggerSecrets.version })
      .from(triggerSecrets)
      .where(itsSecrets)
      .orderBy(desc(triggerSecrets.version))
      .limit(1);
    const { version } = must(newest, "a webhook trigger has a secret");
    await tx.delete(triggerSecrets).where(and(itsSecrets, lt(triggerSecrets.version, version)));
    const validUntil = new Date(now.getTime() + graceHours * HOUR_MS);
    if (graceHours === 0) await tx.delete(triggerSecrets).where(itsSecrets);
    else
      await tx
        .update(triggerSecrets)
        .set({ validUntil })
        .where(and(itsSecrets, isNull(triggerSecrets.validUntil)));
    const secret = await keepSecret(scope, triggerId, version + 1);
    const rights = rightsOf(scope);
    await tx
      .update(triggers)
      .set({ ...rights, updatedAt: now })
      .where(and(eq(triggers.tenantId, ctx.tenantId), eq(triggers.id, triggerId)));
    return { value: { triggerId, secret }, detail: { name: trigger.name, graceHours, rights } };
  },
});
