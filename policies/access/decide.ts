import { abilityOf } from "./ability";
import { type Atoms, atoms } from "./atoms";
import { fits, mayByBits, masksOf, roleBits, wordOf } from "./bits";
import { stricterChain } from "./chains";
import { type Counterfactual, explain, type Near } from "./explain";
import { obligationsOf, type Policy } from "./policy";
import { type AccessRequest, parseRequest } from "./request";
import type { Obligation } from "./rule";
import type { Action, Role } from "./vocabulary";

export interface Decision {
  allow: boolean;
  /** `BREAK_GLASS`: allowed, and only because a grant of break-glass is open. */
  code: "ALLOW" | "BREAK_GLASS" | "DENY_RULE" | "NO_GRANT" | "MALFORMED" | "ENGINES_DIFFER";
  /** Of the policy that answered. */
  revision: string;
  /** Ids of the rules that allow it. */
  matched: string[];
  /** Ids of the rules that deny it, whatever allows it. */
  denied: string[];
  /** What stood in the way: attributes that a rule for the caller's roles asked for, or that were malformed. */
  failed: string[];
  /** The rules that are nearest to allowing it. */
  nearest: Near[];
  /** What has to be done before it begins. */
  obligations: Obligation[];
  counterfactual: Counterfactual | null;
  /** Roles that could, all else being equal. */
  whoCould: Role[];
  /** Denied by a rule of the product's that no pack holds: put to the policy again, it would be another answer. */
  isBesidePolicy?: true;
}

const BLANK: Pick<
  Decision,
  "matched" | "denied" | "failed" | "nearest" | "obligations" | "counterfactual" | "whoCould"
> = { matched: [], denied: [], failed: [], nearest: [], obligations: [], counterfactual: null, whoCould: [] };

/** A denial by what is no rule of the pack: `reason` is what stood in the way. */
export const refusal = (revision: string, reason: string, whoCould: Role[] = []): Decision => ({
  ...{ ...BLANK, allow: false, code: "NO_GRANT", revision, failed: [reason], whoCould, isBesidePolicy: true },
});

const malformed = (revision: string, failed: string[]): Decision => ({
  ...{ ...BLANK, allow: false, code: "MALFORMED", revision, failed },
});

const unique = (ids: readonly string[]) => [...new Set(ids)];

function denial(policy: Policy, roles: number, action: Action, word: number): Decision {
  const denied = masksOf(policy, action).denies.filter((deny) => fits(deny, word));
  const explained = explain(policy, roles, action, word);
  const failed =
    denied.length > 0
      ? denied.flatMap(({ clause }) => Object.keys(clause.when.atoms ?? {}).filter((atom) => atom !== "break_glass"))
      : nearestOwn(explained.nearest);
  return {
    ...{ ...BLANK, ...explained, allow: false, revision: policy.revision, failed: unique(failed) },
    code: denied.length > 0 ? "DENY_RULE" : "NO_GRANT",
    denied: unique(denied.map(({ clause }) => clause.id)),
  };
}

/** Of the rules for the caller's own roles, what the nearest lacks; of no such rule, the role. */
const nearestOwn = (nearest: readonly Near[]): string[] => {
  const [first] = nearest;
  return first === undefined || first.failed.includes("role") ? ["role"] : first.failed;
};

type Question = Pick<AccessRequest, "action"> & {
  roles: readonly Role[];
  asked: AccessRequest["resource"];
  relations: Atoms;
};

function answer(policy: Policy, { roles, action, asked, relations }: Question): Decision {
  const governed = "riskProfile" in asked ? asked : null;
  const word = wordOf({
    ...{ environment: governed?.environment ?? null, riskProfile: governed?.riskProfile ?? null, atoms: relations },
  });
  const bits = roleBits(roles);
  const allow = mayByBits(policy, bits, action, word);
  if (abilityOf(policy, roles).can(action, { ...asked, ...relations }) !== allow)
    return { ...BLANK, allow: false, code: "ENGINES_DIFFER", revision: policy.revision };
  if (!allow) return denial(policy, bits, action, word);
  const granting = masksOf(policy, action).allows.filter((mask) => (mask.roles & bits) !== 0 && fits(mask, word));
  const closed = wordOf({
    ...{ environment: governed?.environment ?? null, riskProfile: governed?.riskProfile ?? null },
    atoms: { ...relations, break_glass: false },
  });
  return {
    ...{ ...BLANK, allow: true, revision: policy.revision },
    code: mayByBits(policy, bits, action, closed) ? "ALLOW" : "BREAK_GLASS",
    matched: unique(granting.map(({ clause }) => clause.id)),
    obligations: governed === null ? [] : obligationsOf(policy, action, governed),
  };
}

/** Both chains where one policy asks nobody; of two the stricter. */
function bothObligations(first: readonly Obligation[], second: readonly Obligation[]): Obligation[] {
  const other = (of: Obligation["of"]) => second.find((each) => each.of === of);
  return [
    ...first.map((each) => ({ ...each, stages: stricterChain(each.stages, other(each.of)?.stages ?? []) })),
    ...second.filter(({ of }) => !first.some((each) => each.of === of)),
  ];
}

/** Of two answers the stricter: a denial, or the stricter chain. */
function stricter(first: Decision, second: Decision): Decision {
  if (!first.allow) return first;
  if (!second.allow) return second;
  return { ...first, obligations: bothObligations(first.obligations, second.obligations) };
}

/**
 * May this principal do this to this thing? Deny by default. The request is parsed strictly first: a missing or
 * unknown attribute is a denial with code MALFORMED, whatever the rules would say. Of several policies, one of which waits
 * for its second person, the stricter answer counts.
 */
export function decide(policies: readonly [Policy, ...Policy[]], request: unknown): Decision {
  const [first, ...others] = policies;
  const parsed = parseRequest(first.regions, request);
  if (!parsed.isSound) return malformed(first.revision, parsed.failed);
  const { principal, action, resource } = parsed.request;
  const question: Question = { roles: principal.roles, action, asked: resource, relations: atoms(parsed.request) };
  return others.reduce((decision, policy) => stricter(decision, answer(policy, question)), answer(first, question));
}
