import type { SkuId } from "./schema";
import { type Feature, FEATURES } from "./words";

/** What a flag is decided by. */
export interface FlagContext {
  tenantId: string;
  plan: SkuId | null;
  addOns: readonly string[];
  status: string | null;
}

/** What a provider answers about a feature. */
export interface FlagAnswer {
  isHeldBack: boolean;
  /** Which provider answered, for the record. */
  provider: string;
}

/** Switches that hold a feature back from tenants that are entitled to it: a rollout, or a fault. They never grant anything. */
export interface Flags {
  ask(feature: Feature, context: FlagContext): FlagAnswer;
}

/** What the catalogue itself says: nothing that is sold is held back, and what it does not know is. */
export const catalogueFlags: Flags = {
  ask: (feature) => ({ isHeldBack: !Object.hasOwn(FEATURES, feature), provider: "catalogue" }),
};
