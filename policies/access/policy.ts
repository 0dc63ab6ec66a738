import type { Chained, Pack } from "@/policies/packs/schema";
import { digestJson } from "@/server/kernel/json";
import { stagesAt } from "./chains";
import { compile } from "./compile";
import type { Clause, Obligation } from "./rule";
import { RULES } from "./rules";
import type { Action, Environment, GovernanceProfile, RiskProfile } from "./vocabulary";

/** What answers questions: the rules under one pack. */
export interface Policy {
  profile: GovernanceProfile;
  /** Names exactly these clauses and chains: `<profile>@<version>+<digest>`. */
  revision: string;
  pack: Pack;
  clauses: readonly Clause[];
}

/** Compiles the rules under a pack. */
export function policyOf(pack: Pack, rules: typeof RULES = RULES): Policy {
  const clauses = compile(rules, pack);
  const told = digestJson({ clauses: clauses.map(({ title: _title, why: _why, ...rest }) => rest), pack });
  const digest = told.slice("sha256:".length, "sha256:".length + 16);
  return { profile: pack.pack, revision: `${pack.pack}@${pack.version}+${digest}`, pack, clauses };
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
