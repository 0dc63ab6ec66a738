import type { Chained, Pack } from "@/policies/packs/schema";
import { digestJson } from "@/server/kernel/json";
import { stagesAt } from "./chains";
import { compile } from "./compile";
import type { Clause, Obligation } from "./rule";
import { RULES } from "./rules";
import { type Action, DEFAULT_REGIONS, type Environment, type GovernanceProfile, type RiskProfile } from "./vocabulary";

/** What answers questions: the rules under one pack. */
export interface Policy {
  profile: GovernanceProfile;
  /** Names exactly these clauses and chains: `<profile>@<version>+<digest>`. */
  revision: string;
  pack: Pack;
  clauses: readonly Clause[];
  /** The deployment's regions, all that a region may be. Words, and no rule: the revision does not name them. */
  regions: readonly string[];
}

/** Compiles the rules under a pack. */
export function policyOf(pack: Pack, rules: typeof RULES = RULES): Policy {
  const clauses = compile(rules, pack);
  const told = digestJson({ clauses: clauses.map(({ title: _title, why: _why, ...rest }) => rest), pack });
  const digest = told.slice("sha256:".length, "sha256:".length + 16);
  return {
    profile: pack.pack,
    revision: `${pack.pack}@${pack.version}+${digest}`,
    pack,
    clauses,
    regions: DEFAULT_REGIONS,
  };
}

const spoken = new WeakMap<Policy, Map<string, Policy>>();

/** A policy as a deployment with these regions asks it. Kept, as what is compiled for a policy hangs on its identity. */
export function policyIn(policy: Policy, regions: readonly string[]): Policy {
  const key = regions.join(",");
  if (key === policy.regions.join(",")) return policy;
  const known = spoken.get(policy) ?? new Map<string, Policy>();
  spoken.set(policy, known);
  const made = known.get(key) ?? { ...policy, regions };
  known.set(key, made);
  return made;
}

/** The chain that an action stands behind. */
const CHAIN_OF: Readonly<Partial<Record<Action, Chained>>> = {
  "workflow.publish": "publish",
  "run.start": "run",
};

/** What has to be done before an allowed action begins: the first line of the pack's chain that fits. */
export function obligationsOf(
  { pack }: Policy,
  action: Action,
  thing: { environment: Environment; riskProfile: RiskProfile },
): Obligation[] {
  const chained = CHAIN_OF[action];
  if (chained === undefined) return [];
  const stages = stagesAt(pack, chained, thing);
  return stages.length === 0 ? [] : [{ kind: "approval", of: chained, stages }];
}
