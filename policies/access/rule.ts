import type { Atom } from "./atoms";
import type { Action, Environment, RiskProfile, Role } from "./vocabulary";

/** What must hold besides role and action; every part given must hold, and sets are closed. */
export interface Condition {
  environment?: readonly Environment[];
  riskProfile?: readonly RiskProfile[];
  atoms?: Partial<Record<Atom, boolean>>;
}

/** One line of the policy: these roles may do these actions, when the condition holds. Nothing else may. */
export interface Rule {
  id: string;
  title: string;
  why: string;
  roles: readonly Role[];
  actions: readonly Action[];
  when: Condition;
}
