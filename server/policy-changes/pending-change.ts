import type { GovernanceProfile } from "@/policies/access/vocabulary";
import type { Tightening } from "@/policies/packs/tightening";
import type { Comparison } from "@/policies/simulate/compare";
import type { Replayed } from "./replay-decisions";

/** Whom and what of the tenant another policy would touch. */
export interface Affected {
  /** People some of whose rights would be others. */
  people: number;
  /** Of those, whose name is shown: at most ten. */
  names: string[];
  /** Requests for approval that wait now, and versions that are submitted, where another chain would be asked. */
  openChains: number;
}

/** A change that waits, as pages show it. Moments are ISO 8601. */
export interface PendingChange {
  id: string;
  profile: GovernanceProfile;
  tightening: Tightening;
  reason: string;
  toRevision: string;
  proposedBy: string;
  proposedAt: string;
  isOwn: boolean;
  /** What would be answered otherwise; what it newly denies is denied already. */
  comparison: Comparison;
  affected: Affected;
  replayed: Replayed;
  /** People who may decide it, at most 20. */
  deciders: string[];
}
