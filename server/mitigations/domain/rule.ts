import { z } from "zod";
import { SLIS } from "@/server/slos/domain/sli";
import { leverSchema } from "./mitigation";

/** What is done when an alert comes on: by nobody's hand, and for a limited time. */
export const mitigationRuleSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/)
    .describe("Names it in the record."),
  /** Of which objective; left out: of any. */
  sli: z.enum(SLIS).optional(),
  severity: z.enum(["page", "ticket"]),
  lever: leverSchema,
  minutes: z.int().min(5).max(1_440),
});
export type MitigationRule = z.output<typeof mitigationRuleSchema>;

/** What a tenant has that has set nothing: runs that fail in such numbers are slowed, and the riskiest wait. */
export const DEFAULT_RULES: readonly MitigationRule[] = [
  {
    ...{ id: "slow-down", sli: "workflow-success", severity: "page", minutes: 30 },
    lever: { kind: "throttle", toPercent: 50 },
  },
  {
    ...{ id: "hold-the-risky", sli: "workflow-success", severity: "page", minutes: 60 },
    lever: { kind: "pause", risk: "high" },
  },
];

/** The rules that an alert calls for. */
export const rulesFor = (
  rules: readonly MitigationRule[],
  alert: { sli: string; severity: "page" | "ticket" },
): MitigationRule[] =>
  rules.filter(({ sli, severity }) => severity === alert.severity && (sli === undefined || sli === alert.sli));
