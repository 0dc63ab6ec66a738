import { ATOM_BITS, atomBit, rolesByBits } from "@/policies/access/bits";
import type { Policy } from "@/policies/access/policy";
import { ALL_ACTIONS, type Action, ENVIRONMENTS, RISK_PROFILES, ROLES } from "@/policies/access/vocabulary";
import { isAtLeastAsStrict, stagesAt } from "@/policies/access/chains";
import type { Chained, ChainLine } from "@/policies/packs/schema";
import { wordsAbout } from "@/policies/verify/space";
import { type Cube, cubesOf, mergeActions, type Point } from "./cubes";

/** A chain of approval that is another than before, and where. */
export interface ChainChange {
  of: Chained;
  environment: (typeof ENVIRONMENTS)[number];
  riskProfile: (typeof RISK_PROFILES)[number];
  before: ChainLine["stages"];
  after: ChainLine["stages"];
  isStricter: boolean;
}

/** All that one policy answers otherwise than another. */
export interface Comparison {
  /** How many questions both were asked: every one that either can answer differently. */
  asked: number;
  newlyAllowed: Cube[];
  newlyDenied: Cube[];
  chains: ChainChange[];
}

function compareAction(before: Policy, after: Policy, action: Action) {
  const [allowed, denied]: [Point[], Point[]] = [[], []];
  let asked = 0;
  let [anyBit, allBits] = [0, -1];
  for (const word of wordsAbout([before, after], action)) {
    asked += ROLES.length;
    anyBit |= word;
    allBits &= word;
    const [then, now] = [rolesByBits(before, action, word), rolesByBits(after, action, word)];
    if (then === now) continue;
    allowed.push({ word, roles: now & ~then });
    denied.push({ word, roles: then & ~now });
  }
  const differing = anyBit & ~allBits;
  const counting = ATOM_BITS.reduce((bits, atom) => bits | (differing & atomBit(atom)), 0);
  return { asked, allowed: cubesOf(action, allowed, counting), denied: cubesOf(action, denied, counting) };
}

function compareChains(before: Policy, after: Policy): ChainChange[] {
  return (["publish", "run"] as const).flatMap((of) =>
    ENVIRONMENTS.flatMap((environment) =>
      RISK_PROFILES.flatMap((riskProfile) => {
        const place = { environment, riskProfile };
        const [then, now] = [stagesAt(before.pack, of, place), stagesAt(after.pack, of, place)];
        if (JSON.stringify(then) === JSON.stringify(now)) return [];
        return [{ of, ...place, before: then, after: now, isStricter: isAtLeastAsStrict(now, then) }];
      }),
    ),
  );
}

/** What would be answered otherwise: over every question there is, not a sample. */
export function compare(before: Policy, after: Policy): Comparison {
  const actions = ALL_ACTIONS.map((action) => compareAction(before, after, action));
  return {
    asked: actions.reduce((sum, { asked }) => sum + asked, 0),
    newlyAllowed: mergeActions(actions.flatMap(({ allowed }) => allowed)),
    newlyDenied: mergeActions(actions.flatMap(({ denied }) => denied)),
    chains: compareChains(before, after),
  };
}

/** Whether a policy allows nothing that another does not, and asks nobody less. */
export const isNowhereLooser = ({ newlyAllowed, chains }: Comparison): boolean =>
  newlyAllowed.length === 0 && chains.every(({ isStricter }) => isStricter);
