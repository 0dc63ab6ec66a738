import type { Atom, Atoms } from "./atoms";
import { ATOM_BITS, masksOf, mayByBits, roleBits, wordOf } from "./bits";
import type { Policy } from "./policy";
import {
  type Action,
  type DataSensitivity,
  DATA_SENSITIVITIES,
  ENVIRONMENTS,
  isGoverned,
  isProposed,
  RISK_PROFILES,
  type Role,
  subjectOf,
} from "./vocabulary";

type Policies = readonly [Policy, ...Policy[]];

/** How far somebody may do something in their own tenant: to every such thing, to some, or to none. */
export type Reach = "yes" | "conditions" | "no";

/** Who asks, as far as it decides how far they reach. */
export interface Holder {
  kind: "user" | "api_key";
  roles: readonly Role[];
  clearance: DataSensitivity;
}

const HIGHEST = DATA_SENSITIVITIES.at(-1);
const PLACES = ENVIRONMENTS.flatMap((environment) =>
  RISK_PROFILES.map((riskProfile) => ({ environment, riskProfile })),
);
const NOWHERE = [{ environment: null, riskProfile: null }] as const;

/** What is known of every relation between a holder and the things of one kind in their tenant; what varies is left out. */
function knownAtoms(holder: Holder, action: Action): Partial<Atoms> {
  const subject = subjectOf(action);
  const known: Partial<Atoms> = { same_tenant: true, person: holder.kind === "user", break_glass: false };
  if (!isGoverned(subject)) Object.assign(known, { same_region: true, same_business_unit: true, cleared: true });
  else if (holder.clearance === HIGHEST) known.cleared = true;
  if (subject !== "workflow" && subject !== "approval") known.contributor = false;
  if (subject !== "approval") Object.assign(known, { asked: false, voter: false });
  if (subject !== "approval" && !isProposed(subject)) known.requester = false;
  return known;
}

/** Relations that some clause of the action asks for, and that are not known. */
function openAtoms(policies: Policies, action: Action, known: Partial<Atoms>): Atom[] {
  const asked = new Set(
    policies.flatMap((policy) => {
      const { allows, denies } = masksOf(policy, action);
      return [...allows, ...denies].flatMap(({ clause }) => Object.keys(clause.when.atoms ?? {}));
    }),
  );
  return ATOM_BITS.filter((atom) => asked.has(atom) && known[atom] === undefined);
}

const NONE = Object.fromEntries(ATOM_BITS.map((atom) => [atom, false])) as unknown as Atoms;

/** May they, under all of the policies: the stricter answer counts. */
const may = (policies: Policies, roles: number, action: Action, word: number) =>
  policies.every((policy) => mayByBits(policy, roles, action, word));

/** How far a holder may do something in their own tenant, with no break-glass open: every case is gone through, as bits. */
export function reachOf(policies: Policies, holder: Holder, action: Action): Reach {
  const known = knownAtoms(holder, action);
  const open = openAtoms(policies, action, known);
  const roles = roleBits(holder.roles);
  const answers = { yes: false, no: false };
  for (let turn = 0; turn < 1 << open.length; turn += 1) {
    const atoms = { ...NONE, ...known };
    open.forEach((atom, place) => (atoms[atom] = (turn & (1 << place)) !== 0));
    for (const place of isGoverned(subjectOf(action)) ? PLACES : NOWHERE) {
      answers[may(policies, roles, action, wordOf({ ...place, atoms })) ? "yes" : "no"] = true;
      if (answers.yes && answers.no) return "conditions";
    }
  }
  return answers.yes ? "yes" : "no";
}

/** What would take an allowed thing away: losing all of these roles, or one of these relations turning. */
export interface TakesAway {
  roles: Role[];
  relations: Atom[];
}

/** What of a question whose answer is yes would turn it to no; `word` holds its facts. */
export function takesAway(policies: Policies, roles: readonly Role[], action: Action, word: number): TakesAway {
  const bits = roleBits(roles);
  const counts = roles.filter((role) => policies.some((policy) => mayByBits(policy, roleBits([role]), action, word)));
  const base = wordOf({ environment: null, riskProfile: null, atoms: NONE });
  const relations = ATOM_BITS.filter((atom) => {
    const bit = wordOf({ environment: null, riskProfile: null, atoms: { ...NONE, [atom]: true } }) ^ base;
    return !may(policies, bits, action, word ^ bit);
  });
  return { roles: counts, relations };
}
