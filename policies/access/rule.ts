import type { Chained, ChainLine, KillScope, ThresholdName } from "@/policies/packs/schema";
import type { Atom } from "./atoms";
import type { Action, Environment, RiskProfile, Role } from "./vocabulary";

/** What must hold besides role and action; every part given must hold, and sets are closed. */
export interface Condition {
  environment?: readonly Environment[];
  riskProfile?: readonly RiskProfile[];
  atoms?: Partial<Record<Atom, boolean>>;
}

interface Line {
  id: string;
  title: string;
  why: string;
  when: Condition;
}

/** These roles may do these actions, when the condition holds. Nothing else may. */
export interface AllowRule extends Line {
  /** The roles; or whom the pack's threshold of this name, or its kill switch, names. */
  roles: readonly Role[] | { within: ThresholdName } | { stops: KillScope } | "break-glass";
  actions: readonly Action[];
}

/** Nobody may do these actions where the condition holds, whoever they are. */
export interface DenyRule extends Line {
  /** `hard`: nothing lifts it. `soft`: an open break-glass grant does. */
  tier: "hard" | "soft";
  /** The actions; or those that the pack confines. */
  actions: readonly Action[] | { confined: "region" | "business_unit" };
}

export type Rule = AllowRule | DenyRule;

export const isDeny = (rule: Rule): rule is DenyRule => "tier" in rule;

/** A rule as a pack makes it: only closed sets are left. A rule may become several clauses. */
export interface Clause extends Line {
  effect: "allow" | "deny";
  /** Of a denial. */
  tier: "hard" | "soft" | null;
  /** Empty for a denial: it is about everybody. */
  roles: readonly Role[];
  actions: readonly Action[];
}

/** What must be done before what was allowed begins. */
export interface Obligation {
  kind: "approval";
  /** The chain's stages, in their order. */
  of: Chained;
  stages: ChainLine["stages"];
}
