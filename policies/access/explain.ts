import type { Atom } from "./atoms";
import { fits, type Mask, masksOf } from "./bits";
import type { Policy } from "./policy";
import { roleWord } from "./role-word";
import type { Action, Role } from "./vocabulary";

/** A clause that nearly allowed it: for whom, and what of the question it does not fit. */
export interface Near {
  rule: string;
  roles: readonly Role[];
  failed: string[];
}

/** The least that would have to be otherwise for the answer to turn: attributes and relations, and what they would be. */
export type Counterfactual = Readonly<Record<string, readonly string[] | boolean>>;

const NEAREST_SHOWN = 3;

const bitsSet = (bits: number): number => {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
};

/** An allowing clause beside a question: by bits, as every denial is explained. */
interface Ranked {
  mask: Mask;
  isOwn: boolean;
  missesEnvironment: boolean;
  missesRisk: boolean;
  /** Relations that would have to turn. */
  turned: number;
  /** How much of the question it does not fit. */
  misses: number;
  /** Its place among the others; the lowest comes first. */
  rank: number;
}

/** More than a clause can miss, so that a rank reads like a number of several digits. */
const DIGIT = 32;

/**
 * The allowing clauses of an action, those of the caller's roles first, then by how little they miss. Of two that miss as
 * little, the one for where the thing is: elsewhere it would be another thing.
 */
function ranked(allows: readonly Mask[], roles: number, word: number): Ranked[] {
  const all = allows.map((mask): Ranked => {
    const missesEnvironment = mask.environment !== 0 && (word & mask.environment) === 0;
    const missesRisk = mask.risk !== 0 && (word & mask.risk) === 0;
    const turned = (word ^ mask.value) & mask.mask;
    const misses = Number(missesEnvironment) + Number(missesRisk) + bitsSet(turned);
    const isOwn = (mask.roles & roles) !== 0;
    const rank = (Number(!isOwn) * DIGIT + misses) * 2 + Number(missesEnvironment);
    return { mask, isOwn, missesEnvironment, missesRisk, turned, misses, rank };
  });
  return all.sort((a, b) => a.rank - b.rank);
}

const namesOf = ({ atoms }: Mask, bits: number): Atom[] =>
  atoms.flatMap(({ atom, bit }) => ((bits & bit) === 0 ? [] : [atom]));

function failuresOf({ mask, isOwn, missesEnvironment, missesRisk, turned }: Ranked): string[] {
  const failed: string[] = isOwn ? [] : ["role"];
  if (missesEnvironment) failed.push("environment");
  if (missesRisk) failed.push("riskProfile");
  return [...failed, ...namesOf(mask, turned)];
}

/**
 * The relations that would have to turn for a clause to allow it: those that it misses, and one of each denial that would
 * still fit then, on which the clause itself does not stand. Null where a denial leaves none.
 */
function turnedBy({ mask, turned }: Ranked, denies: readonly Mask[]): number | null {
  let all = turned;
  for (const deny of denies) {
    if ((deny.mask & all) !== 0) continue;
    const needed = mask.mask & ~(mask.value ^ deny.value);
    const other = deny.atoms.find(({ bit }) => (needed & bit) === 0);
    if (other === undefined) return null;
    all |= other.bit;
  }
  return all;
}

export interface Explanation {
  nearest: Near[];
  counterfactual: Counterfactual | null;
  /** Roles that could, all else being equal. */
  whoCould: Role[];
}

/** The least change that turns the answer. */
function leastChange(clauses: readonly Ranked[], word: number, denies: readonly Mask[]): Counterfactual | null {
  let least: { of: Ranked; turned: number; changes: number } | null = null;
  for (const of of clauses) {
    const turned = turnedBy(of, denies);
    if (turned === null) continue;
    const { isOwn, missesEnvironment, missesRisk } = of;
    const changes = bitsSet(turned) + Number(!isOwn) + Number(missesEnvironment) + Number(missesRisk);
    if (least === null || changes < least.changes) least = { of, turned, changes };
  }
  if (least === null) return null;
  const { clause } = least.of.mask;
  const change: Record<string, readonly string[] | boolean> = least.of.isOwn ? {} : { role: clause.roles };
  if (least.of.missesEnvironment) change.environment = clause.when.environment ?? [];
  if (least.of.missesRisk) change.riskProfile = clause.when.riskProfile ?? [];
  for (const { atom, bit } of [least.of.mask, ...denies].flatMap(({ atoms }) => atoms))
    if ((least.turned & bit) !== 0) change[atom] = (word & bit) === 0;
  return change;
}

/** Why something was denied, what is nearest to allowing it, and who could. */
export function explain(policy: Policy, roles: number, action: Action, word: number): Explanation {
  const masks = masksOf(policy, action);
  const denies = masks.denies.filter((deny) => fits(deny, word));
  const clauses = ranked(masks.allows, roles, word);
  const could = denies.length > 0 ? [] : clauses.filter(({ misses }) => misses === 0);
  return {
    nearest: clauses
      .slice(0, NEAREST_SHOWN)
      .map((each) => ({ rule: each.mask.clause.id, roles: each.mask.clause.roles, failed: failuresOf(each) })),
    counterfactual: leastChange(clauses, word, denies),
    // In the order of the rules, the nearest first.
    whoCould: [...new Set(could.flatMap(({ mask }) => mask.clause.roles))],
  };
}

const FAILURE_WORDS: Readonly<Record<string, string>> = {
  role: "none of your roles grants it",
  environment: "not in this environment",
  riskProfile: "not at this risk profile",
  risk_profile: "not at this risk profile",
  same_tenant: "it belongs to another tenant",
  same_region: "only within your own region",
  same_business_unit: "only within your own business unit",
  cleared: "your clearance does not reach its data sensitivity",
  contributor: "you contributed to it yourself",
  person: "only a person may, and no program",
  asked: "its stage asks for another role",
  requester: "you asked for it yourself, made what did, or it is about you",
  voter: "you have decided about it already",
  break_glass: "only while break-glass is open",
  not_its_reviewer: "you are not among the reviewers whom it names",
  grants_beyond_own: "only someone who governs the tenant may give or take this role",
  widens_own_rights: "nobody widens their own rights",
  clearance_beyond_own: "nobody hands out more clearance than they have",
};

/** What a malformed request has wrong, in words: of who asks, or of the thing. */
const MALFORMED_WORDS: Readonly<Record<string, string>> = {
  "principal.region": "your region is none that this deployment has (CONDUCTOR_REGIONS)",
  "resource.region": "its region is none that this deployment has (CONDUCTOR_REGIONS)",
  region: "its region is none that this deployment has (CONDUCTOR_REGIONS)",
  request: "the request cannot be read",
};

/** What stood in the way, in words. */
export function failureWord(failed: string): string {
  const known = FAILURE_WORDS[failed] ?? MALFORMED_WORDS[failed];
  if (known !== undefined) return known;
  return /^(principal|resource)\./.test(failed) ? `${failed} is missing or no value that it may have` : failed;
}

/** A denial in words that a person understands: why, and who could. */
export function explainDenial(
  action: Action,
  { failed, whoCould }: { failed: readonly string[]; whoCould: readonly Role[] },
): string {
  const reasons = failed.map(failureWord);
  const who = whoCould.length === 0 ? "" : ` Who could: ${whoCould.map(roleWord).join(", ")}.`;
  return `You may not do this (${action}): ${reasons.join("; ")}.${who}`;
}
