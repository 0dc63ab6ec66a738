import { z } from "zod";
import { idSchema } from "@/server/kernel/schemas";
import { leverSchema } from "./domain/mitigation";
import { mitigationRuleSchema } from "./domain/rule";

export const applyMitigationSchema = z.strictObject({
  incidentId: idSchema("incident"),
  lever: leverSchema,
  minutes: z.int().min(5).max(1_440),
  reason: z.string().trim().min(3).max(500),
});
export const previewMitigationSchema = z.strictObject({ lever: leverSchema });
export const undoMitigationSchema = z.strictObject({ mitigationId: idSchema("mitigation") });
export const listMitigationsSchema = z.strictObject({
  /** Those of one incident; left out: those that are on. */
  incidentId: idSchema("incident").optional(),
});
export const setMitigationRulesSchema = z.strictObject({
  /** In place of all that were. None: alerts do nothing by themselves. */
  rules: z
    .array(mitigationRuleSchema)
    .max(20)
    .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, "two rules have one id"),
});
