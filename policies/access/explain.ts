import { type Facts, factsOf, fits, type Mask, masksOf } from "./bits";
import type { Policy } from "./policy";
import { roleWord } from "./role-word";
import type { Clause } from "./rule";
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

/** What of a question a clause does not fit. */
export function failuresOf({ when }: Clause, { environment, riskProfile, atoms }: Facts): string[] {
  const isOutside = (allowed: readonly string[] | undefined, value: string | null) =>
    allowed !== undefined && (value === null || !allowed.includes(value));
  return [
    ...(isOutside(when.environment, environment) ? ["environment"] : []),
    ...(isOutside(when.riskProfile, riskProfile) ? ["riskProfile"] : []),
    ...Object.entries(when.atoms ?? {})
      .filter(([atom, value]) => atoms[atom as keyof typeof atoms] !== value)
      .map(([atom]) => atom),
  ];
}

interface Ranked {
  mask: Mask;
  isOwn: boolean;
  /** How much of the question it does not fit. */
  misses: number;
  missesEnvironment: boolean;
}

const bitsSet = (bits: number): number => {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
};

/**
 * The allowing clauses of an action, those of the caller's roles first, then by how little they miss. Of two that miss as
 * little, the one for where the thing is: elsewhere it would be another thing. By bits, as every denial is explained.
 */
function ranked(policy: Policy, action: Action, roles: number, word: number): Ranked[] {
  return masksOf(policy, action)
    .allows.map((mask) => {
      const missesEnvironment = mask.environment !== 0 && (word & mask.environment) === 0;
      const missesRisk = mask.risk !== 0 && (word & mask.risk) === 0;
      const misses = Number(missesEnvironment) + Number(missesRisk) + bitsSet((word ^ mask.value) & mask.mask);
      return { mask, isOwn: (mask.roles & roles) !== 0, misses, missesEnvironment };
    })
    .sort(
      (a, b) =>
        Number(b.isOwn) - Number(a.isOwn) ||
        a.misses - b.misses ||
        Number(a.missesEnvironment) - Number(b.missesEnvironment),
    );
}

/** The change that makes one clause allow it: what the clause misses, and what denials that fit then stand on. */
function changeTo(
  { clause }: Mask,
  facts: Facts,
  denies: readonly Mask[],
): Record<string, readonly string[] | boolean> | null {
  const { when } = clause;
  const change: Record<string, readonly string[] | boolean> = {};
  if (when.environment !== undefined && !when.environment.includes(facts.environment as never))
    change.environment = when.environment;
  if (when.riskProfile !== undefined && !when.riskProfile.includes(facts.riskProfile as never))
    change.riskProfile = when.riskProfile;
  for (const [atom, value] of Object.entries(when.atoms ?? {}))
    if (facts.atoms[atom as keyof typeof facts.atoms] !== value) change[atom] = value;
  for (const deny of denies) {
    if (Object.entries(deny.clause.when.atoms ?? {}).some(([atom, value]) => change[atom] === !value)) continue;
    // A relation on which the denial stands, and the clause does not.
    const [turned] = Object.entries(deny.clause.when.atoms ?? {}).filter(
      ([atom, value]) => when.atoms?.[atom as keyof typeof facts.atoms] !== value,
    );
    if (turned === undefined) return null;
    change[turned[0]] = !turned[1];
  }
  return change;
}

export interface Explanation {
  nearest: Near[];
  counterfactual: Counterfactual | null;
  /** Roles that could, all else being equal. */
  whoCould: Role[];
}

const roleAnd = (
  { mask, isOwn }: Ranked,
  change: Readonly<Record<string, readonly string[] | boolean>>,
): Counterfactual => ({
  ...(isOwn ? {} : { role: mask.clause.roles }),
  ...change,
});

/** The least change that turns the answer. */
function leastChange(clauses: readonly Ranked[], facts: Facts, denies: readonly Mask[]): Counterfactual | null {
  if (denies.length === 0) {
    const changes = ({ isOwn, misses }: Ranked) => misses + Number(!isOwn);
    const [first, ...others] = clauses;
    if (first === undefined) return null;
    const least = others.reduce((best, each) => (changes(each) < changes(best) ? each : best), first);
    const change = changeTo(least.mask, facts, denies);
    return change === null ? null : roleAnd(least, change);
  }
  const changes = clauses.flatMap((each) => {
    const change = changeTo(each.mask, facts, denies);
    return change === null ? [] : [roleAnd(each, change)];
  });
  return changes.sort((a, b) => Object.keys(a).length - Object.keys(b).length)[0] ?? null;
}

/** Why something was denied, what is nearest to allowing it, and who could. */
export function explain(policy: Policy, roles: number, action: Action, word: number): Explanation {
  const facts = factsOf(word);
  const denies = masksOf(policy, action).denies.filter((deny) => fits(deny, word));
  const clauses = ranked(policy, action, roles, word);
  const failed = ({ mask, isOwn }: Ranked) => [...(isOwn ? [] : ["role"]), ...failuresOf(mask.clause, facts)];
  const could = denies.length > 0 ? [] : clauses.filter(({ misses }) => misses === 0);
  return {
    nearest: clauses
      .slice(0, NEAREST_SHOWN)
      .map((each) => ({ rule: each.mask.clause.id, roles: each.mask.clause.roles, failed: failed(each) })),
    counterfactual: leastChange(clauses, facts, denies),
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
