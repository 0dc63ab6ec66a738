import type { Atom, Atoms } from "./atoms";
import type { Policy } from "./policy";
import type { Clause } from "./rule";
import {
  type Action,
  ENVIRONMENTS,
  type Environment,
  RISK_PROFILES,
  type RiskProfile,
  type Role,
  ROLES,
} from "./vocabulary";

/** The relations in the order of their bits. Never reordered: recorded words are read by it. */
export const ATOM_BITS = [
  "same_tenant",
  "same_region",
  "same_business_unit",
  "cleared",
  "contributor",
  "person",
  "asked",
  "requester",
  "voter",
  "break_glass",
] as const satisfies readonly Atom[];

const RISK_AT = ENVIRONMENTS.length;
const ATOMS_AT = RISK_AT + RISK_PROFILES.length;

/** What a question says about a thing: environment and risk are null for a thing that has none. */
export interface Facts {
  environment: Environment | null;
  riskProfile: RiskProfile | null;
  atoms: Atoms;
}

/**
 * A question's facts as one word: a bit for its environment, one for its risk, one per relation that holds. With roles,
 * action and policy it is all that a decision depends on.
 */
export function wordOf({ environment, riskProfile, atoms }: Facts): number {
  let word = 0;
  if (environment !== null) word |= 1 << ENVIRONMENTS.indexOf(environment);
  if (riskProfile !== null) word |= 1 << (RISK_AT + RISK_PROFILES.indexOf(riskProfile));
  for (let place = 0; place < ATOM_BITS.length; place += 1)
    if (atoms[ATOM_BITS[place] as Atom]) word |= 1 << (ATOMS_AT + place);
  return word;
}

/** The facts that a word stands for. */
export function factsOf(word: number): Facts {
  const has = (bit: number) => (word & (1 << bit)) !== 0;
  // Key by key, as each denial is explained by it; an entry list would cost several times as much.
  const atoms: Partial<Atoms> = {};
  for (let place = 0; place < ATOM_BITS.length; place += 1) atoms[ATOM_BITS[place] as Atom] = has(ATOMS_AT + place);
  return {
    environment: ENVIRONMENTS.find((_, place) => has(place)) ?? null,
    riskProfile: RISK_PROFILES.find((_, place) => has(RISK_AT + place)) ?? null,
    atoms: atoms as Atoms,
  };
}

/** A clause as bits. It fits a word that has one bit of each set, and of `mask` exactly the bits of `value`. */
export interface Mask {
  clause: Clause;
  environment: number;
  risk: number;
  mask: number;
  value: number;
  roles: number;
  /** The relations of `mask`, by name, in the clause's own order. */
  atoms: readonly { atom: Atom; bit: number }[];
}

const ANY_ENVIRONMENT = 0;

function maskOf(clause: Clause): Mask {
  const { environment, riskProfile, atoms = {} } = clause.when;
  const bits = (places: readonly number[]) => places.reduce((sum, place) => sum | (1 << place), 0);
  const named = (Object.keys(atoms) as Atom[]).map((atom) => ({ atom, bit: atomBit(atom) }));
  return {
    clause,
    environment:
      environment === undefined ? ANY_ENVIRONMENT : bits(environment.map((word) => ENVIRONMENTS.indexOf(word))),
    risk: riskProfile === undefined ? 0 : bits(riskProfile.map((word) => RISK_AT + RISK_PROFILES.indexOf(word))),
    mask: named.reduce((sum, { bit }) => sum | bit, 0),
    value: named.reduce((sum, { atom, bit }) => (atoms[atom] === true ? sum | bit : sum), 0),
    ...{ roles: roleBits(clause.roles), atoms: named },
  };
}

/** The roles that bits stand for. */
export const rolesOf = (bits: number): Role[] => ROLES.filter((_, place) => (bits & (1 << place)) !== 0);

/** Roles as bits. */
export const roleBits = (roles: readonly Role[]): number =>
  roles.reduce((sum, role) => sum | (1 << ROLES.indexOf(role)), 0);

/** Whether a clause fits a word; whose roles it is about is another question. */
export const fits = ({ environment, risk, mask, value }: Mask, word: number): boolean =>
  (word & mask) === value && (environment === 0 || (word & environment) !== 0) && (risk === 0 || (word & risk) !== 0);

/** The bit of a relation in a word. */
export const atomBit = (atom: Atom): number => 1 << (ATOMS_AT + ATOM_BITS.indexOf(atom));

interface Masks {
  allows: readonly Mask[];
  denies: readonly Mask[];
}

const NOTHING: Masks = { allows: [], denies: [] };
const cache = new WeakMap<Policy, Map<Action, Masks>>();

/** The clauses of an action as bits. */
export function masksOf(policy: Policy, action: Action): Masks {
  let byAction = cache.get(policy);
  if (byAction === undefined) {
    byAction = new Map();
    for (const clause of policy.clauses)
      for (const named of clause.actions) {
        const { allows, denies } = byAction.get(named) ?? NOTHING;
        const mask = maskOf(clause);
        byAction.set(
          named,
          clause.effect === "allow" ? { allows: [...allows, mask], denies } : { allows, denies: [...denies, mask] },
        );
      }
    cache.set(policy, byAction);
  }
  return byAction.get(action) ?? NOTHING;
}

/** Each role that may do this, as bits; none where a denial fits. */
export function rolesByBits(policy: Policy, action: Action, word: number): number {
  const { allows, denies } = masksOf(policy, action);
  if (denies.some((deny) => fits(deny, word))) return 0;
  return allows.reduce((roles, allow) => (fits(allow, word) ? roles | allow.roles : roles), 0);
}

/** May these roles do this, as the bits say. */
export function mayByBits(policy: Policy, roles: number, action: Action, word: number): boolean {
  const { allows, denies } = masksOf(policy, action);
  for (const deny of denies) if (fits(deny, word)) return false;
  for (const allow of allows) if ((allow.roles & roles) !== 0 && fits(allow, word)) return true;
  return false;
}
