import { z } from "zod";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { listPolicyChangesSchema } from "@/server/policy-changes/schemas";

const changesParamsSchema = z.object({
  /** The pack that is looked at before it is proposed. */
  pack: z.enum(GOVERNANCE_PROFILES).optional().catch(undefined),
  tightening: z.string().max(20_000).optional().catch(undefined),
  cursor: listPolicyChangesSchema.shape.cursor.catch(undefined),
});

/** What is tried out; what makes no sense is left out. */
export const readChangesParams = (params: Readonly<Record<string, unknown>>) => changesParamsSchema.parse(params);
