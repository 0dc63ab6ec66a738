import { policyFor } from "@/policies/packs/tightening";
import { compare, type Comparison } from "@/policies/simulate/compare";
import { Refusal } from "@/server/kernel/errors";
import { defineRead } from "@/server/verb";
import { affectedBy } from "./affected-by";
import type { Affected } from "./pending-change";
import { loadPolicy } from "./load";
import { readChoice } from "./read-choice";
import { type Replayed, replayDecisions } from "./replay-decisions";
import { previewPolicySchema } from "./schemas";

type Preview =
  /** Why it could not be proposed, with the line. */
  | { fault: string }
  | { fault: null; toRevision: string; comparison: Comparison; affected: Affected; replayed: Replayed };

/** What another choice would answer otherwise than the tenant's present policy, and whom it would touch. Nothing is kept. */
export const previewPolicy = defineRead({
  action: "policy.read",
  input: previewPolicySchema,
  load: loadPolicy,
  read: async (scope, chosen): Promise<Preview> => {
    const { governanceProfile: profile, tightening } = scope.ctx.tenant;
    try {
      const next = policyFor(readChoice(chosen));
      const comparison = compare(policyFor({ profile, tightening }), next);
      const affected = await affectedBy(scope, comparison);
      const replayed = await replayDecisions(scope, next);
      return { fault: null, toRevision: next.revision, comparison, affected, replayed };
    } catch (error) {
      if (error instanceof Refusal && error.code === "Invalid") return { fault: error.message };
      throw error;
    }
  },
});
