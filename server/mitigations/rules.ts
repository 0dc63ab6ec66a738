import { eq } from "drizzle-orm";
import { mitigationSettings } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { actorRef } from "@/server/kernel/actor";
import type { Json } from "@/server/kernel/json";
import { defineRead, defineWrite, noInput, type Scope } from "@/server/verb";
import { DEFAULT_RULES, type MitigationRule } from "./domain/rule";
import { setMitigationRulesSchema } from "./schemas";

/** What alerts of a tenant do. */
export async function loadRules(
  tx: Tx,
  tenantId: string,
): Promise<{ rules: readonly MitigationRule[]; isOwn: boolean }> {
  const [own] = await tx
    .select({ rules: mitigationSettings.rules })
    .from(mitigationSettings)
    .where(eq(mitigationSettings.tenantId, tenantId));
  return { rules: own?.rules ?? DEFAULT_RULES, isOwn: own !== undefined };
}

const objectives = async ({ ctx }: Pick<Scope, "ctx">) => ({
  resource: { subject: "slo" as const, tenantId: ctx.tenantId },
  subject: `tenant:${ctx.tenantId}`,
});

/** The rules by which alerts mitigate, and whether the tenant has set them itself. */
export const getMitigationRules = defineRead({
  action: "slo.read",
  input: noInput,
  load: objectives,
  read: ({ ctx, tx }) => loadRules(tx, ctx.tenantId),
});

/** Sets what alerts do by themselves. Needs the plan's incident automation (NotEntitled). */
export const setMitigationRules = defineWrite({
  action: "slo.set",
  receipt: "mitigation.set",
  feature: "incident-automation",
  input: setMitigationRulesSchema,
  load: objectives,
  write: async ({ ctx, tx, now }, { rules }) => {
    const { tenantId } = ctx;
    const set = { rules, changedBy: actorRef(ctx.actor), changedAt: now };
    await tx
      .insert(mitigationSettings)
      .values({ tenantId, ...set })
      .onConflictDoUpdate({ target: mitigationSettings.tenantId, set });
    return { value: { rules: rules.length }, detail: { rules } as unknown as Json };
  },
});
