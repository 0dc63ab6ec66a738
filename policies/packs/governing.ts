import type { Policy } from "@/policies/access/policy";
import type { GovernanceProfile } from "@/policies/access/vocabulary";
import { type Choice, policyFor, type Tightening } from "./tightening";

/** What a tenant is governed by, as its row says it. */
export interface Governing {
  governanceProfile: GovernanceProfile;
  tightening: Tightening;
  /** Waits for its second person. */
  pendingPolicy: Choice | null;
  /** Takes another default of the deployment as a change that waits. */
  followsDefault: boolean;
}

/** What waits to govern a tenant: what somebody proposed, or else another default of the deployment. */
export function pendingChoice(governing: Governing, defaultProfile: GovernanceProfile): Choice | null {
  const { governanceProfile, tightening, pendingPolicy, followsDefault } = governing;
  if (pendingPolicy !== null) return pendingPolicy;
  return followsDefault && defaultProfile !== governanceProfile ? { profile: defaultProfile, tightening } : null;
}

/** What decides within a tenant: its policy, and the one that waits for a second person. The stricter answer counts. */
export function policiesUnder(governing: Governing, defaultProfile: GovernanceProfile): readonly [Policy, ...Policy[]] {
  const active = policyFor({ profile: governing.governanceProfile, tightening: governing.tightening });
  const waiting = pendingChoice(governing, defaultProfile);
  const pending = waiting === null ? active : policyFor(waiting);
  return pending.revision === active.revision ? [active] : [active, pending];
}
