import { canSome } from "@/policies/access/ability";
import { obligationsOf, type Policy } from "@/policies/access/policy";
import type { Obligation } from "@/policies/access/rule";
import {
  ALL_ACTIONS,
  type Action,
  ENVIRONMENTS,
  type Environment,
  RISK_PROFILES,
  type RiskProfile,
  type Role,
  ROLES,
} from "@/policies/access/vocabulary";
import type { Pack } from "@/policies/packs/schema";

type Chains = Partial<Record<Environment, Partial<Record<RiskProfile, Obligation>>>>;

/** What Rego reads beside its rules, and what people look up in it. */
export interface RegoData {
  profile: string;
  revision: string;
  /** Who has to agree before an action begins, by action, environment and risk; read by the rules. */
  obligations: Partial<Record<Action, Chains>>;
  /** To look up; the rules have them in them. */
  thresholds: Pack["thresholds"];
  kill_switch: Pack["kill_switch"];
  break_glass: Pack["break_glass"];
  confined: Pack["confined"];
  /** The roles that may ever do something; under which conditions, the rules say. */
  role_matrix: Record<Action, Role[]>;
  /** The deployment's: a request with any other is malformed. */
  regions: readonly string[];
}

function chainsOf(policy: Policy, action: Action): Chains {
  const chains: Chains = {};
  for (const environment of ENVIRONMENTS)
    for (const riskProfile of RISK_PROFILES) {
      const [obligation] = obligationsOf(policy, action, { environment, riskProfile });
      if (obligation !== undefined) chains[environment] = { ...chains[environment], [riskProfile]: obligation };
    }
  return chains;
}

/** The data of a policy, below `data.conductor.authz_data`. */
export function regoDataOf(policy: Policy): RegoData {
  const { profile, revision, pack, regions } = policy;
  const chained = ALL_ACTIONS.map((action) => [action, chainsOf(policy, action)] as const);
  return {
    ...{ profile, revision },
    obligations: Object.fromEntries(chained.filter(([, chains]) => Object.keys(chains).length > 0)),
    ...{ thresholds: pack.thresholds, kill_switch: pack.kill_switch },
    ...{ break_glass: pack.break_glass, confined: pack.confined },
    role_matrix: Object.fromEntries(
      ALL_ACTIONS.map((action) => [action, ROLES.filter((role) => canSome(policy, [role], action))]),
    ) as Record<Action, Role[]>,
    regions,
  };
}
