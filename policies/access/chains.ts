import type { Chained, ChainLine, Pack } from "@/policies/packs/schema";
import type { Environment, RiskProfile } from "./vocabulary";

type Stages = ChainLine["stages"];

/** Whom a pack asks before something is published or run: the stages of the first line that fits, none where none does. */
export function stagesAt(
  pack: Pick<Pack, "approvals">,
  chained: Chained,
  { environment, riskProfile }: { environment: Environment; riskProfile: RiskProfile },
): Stages {
  const line = pack.approvals[chained].find(
    (each) => each.environment?.includes(environment) !== false && each.risk?.includes(riskProfile) !== false,
  );
  return line?.stages ?? [];
}

/** Whether whoever satisfies one chain has satisfied the other: each of its stages is there, in order, and asks no less. */
export function isAtLeastAsStrict(chain: Stages, than: Stages): boolean {
  let place = 0;
  for (const { role, quorum, expires_hours } of chain) {
    const next = than[place];
    if (next === undefined) return true;
    if (role === next.role && quorum >= next.quorum && expires_hours <= next.expires_hours) place += 1;
  }
  return place === than.length;
}

/** Of two chains the stricter; where neither is, first the one and then the other. */
export function stricterChain(one: Stages, other: Stages): Stages {
  if (isAtLeastAsStrict(one, other)) return one;
  return isAtLeastAsStrict(other, one) ? other : [...one, ...other];
}
