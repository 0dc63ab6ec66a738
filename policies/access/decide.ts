import { abilityOf } from "./ability";
import { type Atoms, atoms } from "./atoms";
import { type AccessRequest, requestSchema } from "./request";
import { roleWord } from "./role-word";
import type { Condition, Rule } from "./rule";
import { RULES } from "./rules";
import { type Action, type Role } from "./vocabulary";

/** Names the rules that answered, so that a receipt can be read under the policy of its day. */
export const POLICY_REVISION = "first-form-1";

export interface Decision {
  allow: boolean;
  code: "ALLOW" | "NO_GRANT" | "MALFORMED";
  revision: string;
  /** Ids of the rules that allowed it. */
  matched: string[];
  /** What stood in the way: attributes that a rule for the caller's roles asked for, or that were malformed. */
  failed: string[];
  /** Roles that could, all else being equal. */
  whoCould: Role[];
}

type Facts = AccessRequest & { atoms: Atoms };

function failures(when: Condition, { resource, atoms: relations }: Facts): string[] {
  const governed = "riskProfile" in resource ? resource : undefined;
  const outside = (attribute: "environment" | "riskProfile") =>
    when[attribute] !== undefined &&
    (governed === undefined || !(when[attribute] as readonly string[]).includes(governed[attribute]));
  const atomNames = Object.keys(when.atoms ?? {}) as (keyof Atoms)[];
  return [
    ...(["environment", "riskProfile"] as const).filter(outside),
    ...atomNames.filter((atom) => relations[atom] !== when.atoms?.[atom]),
  ];
}

/** Of the rules that grant the action to these roles, what the one nearest to allowing still lacks. */
function nearestFailure(candidates: readonly Rule[], facts: Facts): string[] {
  const lists = candidates.map((rule) => failures(rule.when, facts));
  return lists.sort((a, b) => a.length - b.length)[0] ?? ["role"];
}

function malformed(issues: readonly { path: readonly PropertyKey[] }[]): Decision {
  const failed = [...new Set(issues.map((issue) => issue.path.map(String).join(".")))];
  return { allow: false, code: "MALFORMED", revision: POLICY_REVISION, matched: [], failed, whoCould: [] };
}

/** Nothing but own properties, one level into the request and its parts: a prototype must not supply an attribute. */
function ownProperties(request: unknown): unknown {
  const own = (value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.assign(Object.create(null) as object, value)
      : value;
  const outer = own(request);
  if (typeof outer !== "object" || outer === null) return outer;
  return Object.fromEntries(Object.entries(outer).map(([key, value]) => [key, own(value)]));
}

/**
 * May this principal do this to this thing? Deny by default. The request is parsed strictly first: a missing or
 * unknown attribute is a denial with code MALFORMED, whatever the rules would say.
 */
export function decide(request: unknown): Decision {
  const parsed = requestSchema.safeParse(ownProperties(request));
  if (!parsed.success) return malformed(parsed.error.issues);
  const facts: Facts = { ...parsed.data, atoms: atoms(parsed.data) };
  const { principal, action, resource } = facts;
  const rule = abilityOf(principal.roles).relevantRuleFor(action, { ...resource, atoms: facts.atoms });
  if (rule !== null)
    return {
      allow: true,
      code: "ALLOW",
      revision: POLICY_REVISION,
      matched: rule.reason === undefined ? [] : [rule.reason],
      failed: [],
      whoCould: [],
    };

  const granting = RULES.filter((candidate) => candidate.actions.includes(action));
  const own = granting.filter((candidate) => candidate.roles.some((role) => principal.roles.includes(role)));
  const others = granting.filter((candidate) => failures(candidate.when, facts).length === 0);
  return {
    allow: false,
    code: "NO_GRANT",
    revision: POLICY_REVISION,
    matched: [],
    failed: nearestFailure(own, facts),
    whoCould: [...new Set(others.flatMap((candidate) => candidate.roles))],
  };
}

const FAILURE_WORDS: Readonly<Record<string, string>> = {
  role: "none of your roles grants it",
  environment: "not in this environment",
  riskProfile: "not at this risk profile",
  same_tenant: "it belongs to another tenant",
  same_region: "only within your own region",
  same_business_unit: "only within your own business unit",
  cleared: "your clearance does not reach its data sensitivity",
  contributor: "you contributed to it yourself",
  person: "only a person may, and no program",
  asked: "its stage asks for another role",
  requester: "you asked for it yourself, or made what did",
  voter: "you have decided about it already",
  grants_beyond_own: "only someone who governs the tenant may give or take this role",
  widens_own_rights: "nobody widens their own rights",
  clearance_beyond_own: "nobody hands out more clearance than they have",
};

/** A denial in words that a person understands: why, and who could. */
export function explainDenial(action: Action, decision: Decision): string {
  const reasons = decision.failed.map((name) => FAILURE_WORDS[name] ?? name);
  const who = decision.whoCould.length === 0 ? "" : ` Who could: ${decision.whoCould.map(roleWord).join(", ")}.`;
  return `You may not do this (${action}): ${reasons.join("; ")}.${who}`;
}
