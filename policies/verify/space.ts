import type { Atom, Atoms } from "@/policies/access/atoms";
import { ATOM_BITS, type Facts, wordOf } from "@/policies/access/bits";
import type { Policy } from "@/policies/access/policy";
import {
  ALL_ACTIONS,
  type Action,
  ENVIRONMENTS,
  isGoverned,
  RISK_PROFILES,
  type Role,
  ROLES,
  subjectOf,
} from "@/policies/access/vocabulary";

/** Where such a thing may be, and what has no place and no risk. */
const PLACES = ENVIRONMENTS.flatMap((environment) =>
  RISK_PROFILES.map((riskProfile) => ({ environment, riskProfile })),
);
const NOWHERE = [{ environment: null, riskProfile: null }];

/** A question without names: all that an answer may depend on. */
export interface Question extends Facts {
  action: Action;
  role: Role;
}

/** The relations that some clause about an action asks for; no other can turn its answer. */
export function relevantAtoms(policies: readonly Policy[], action: Action): Atom[] {
  const asked = policies
    .flatMap(({ clauses }) => clauses)
    .filter(({ actions }) => actions.includes(action))
    .flatMap(({ when }) => Object.keys(when.atoms ?? {}));
  return ATOM_BITS.filter((atom) => asked.includes(atom));
}

const NONE = Object.fromEntries(ATOM_BITS.map((atom) => [atom, false])) as unknown as Atoms;

function* relations(atoms: readonly Atom[]): Generator<Atoms> {
  for (let word = 0; word < 1 << atoms.length; word += 1)
    yield { ...NONE, ...Object.fromEntries(atoms.map((atom, place) => [atom, (word & (1 << place)) !== 0])) };
}

/** Every word that could turn the answer of one of several policies about an action, besides relations named by the caller. */
export function* wordsAbout(
  policies: readonly Policy[],
  action: Action,
  besides: readonly Atom[] = [],
): Generator<number> {
  const grounds = isGoverned(subjectOf(action)) ? PLACES : NOWHERE;
  const counting = [...new Set([...relevantAtoms(policies, action), ...besides])];
  for (const atoms of relations(counting)) for (const ground of grounds) yield wordOf({ ...ground, atoms });
}

/**
 * Every question that a policy can answer differently, each once: action, role, environment, risk, and each combination of
 * the relations that count for the action. Several roles may what any of them may.
 */
export function* space(policy: Policy, actions: readonly Action[] = ALL_ACTIONS): Generator<Question> {
  for (const action of actions) {
    const grounds = isGoverned(subjectOf(action)) ? PLACES : NOWHERE;
    for (const atoms of relations(relevantAtoms([policy], action)))
      for (const ground of grounds) for (const role of ROLES) yield { action, role, atoms, ...ground };
  }
}
