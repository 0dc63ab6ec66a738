import { z } from "zod";
import {
  ALL_ACTIONS,
  DATA_SENSITIVITIES,
  ENVIRONMENTS,
  GOVERNANCE_PROFILES,
  RISK_PROFILES,
  ROLES,
} from "@/policies/access/vocabulary";

const oneOf = <const Word extends string>(words: readonly Word[]) => z.enum(words).optional().catch(undefined);
const ticked = z
  .literal("yes")
  .transform(() => true)
  .optional()
  .catch(undefined);

const askParamsSchema = z.object({
  /** The pack that is shown; the tenant's own when left out. */
  pack: oneOf(GOVERNANCE_PROFILES),
  ...{ role: oneOf(ROLES), action: oneOf(ALL_ACTIONS), environment: oneOf(ENVIRONMENTS), risk: oneOf(RISK_PROFILES) },
  ...{ sensitivity: oneOf(DATA_SENSITIVITIES), contributor: ticked, elsewhere: ticked },
});
export type AskParams = z.output<typeof askParamsSchema>;

/** What is asked of a pack; what makes no sense is left out. */
export const readAskParams = (params: Readonly<Record<string, unknown>>): AskParams => askParamsSchema.parse(params);
