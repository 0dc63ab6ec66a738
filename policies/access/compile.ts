import type { Ceiling, Pack, ThresholdName } from "@/policies/packs/schema";
import { type AllowRule, type Clause, type Condition, type DenyRule, isDeny, type Rule } from "./rule";
import {
  type Action,
  ENVIRONMENTS,
  type Environment,
  RISK_PROFILES,
  type RiskProfile,
  type Role,
  ROLES,
  upTo,
} from "./vocabulary";

/** Roles that may do, while break-glass is open, what its rules say. */
const BREAK_GLASS_ROLES: readonly Role[] = ["operator", "tenant_admin", "conductor_admin"];

const risksUpTo = (ceiling: Ceiling): readonly RiskProfile[] =>
  ceiling === "none" ? [] : upTo(RISK_PROFILES, ceiling);

interface Span {
  environment: readonly Environment[];
  riskProfile: readonly RiskProfile[];
}

/** What a threshold leaves to one role: environments of the same ceiling together. */
function spansOf(perEnvironment: Readonly<Record<Environment, Ceiling>>): Span[] {
  const ceilings = [...new Set(ENVIRONMENTS.map((environment) => perEnvironment[environment]))];
  return ceilings
    .map((ceiling) => ({
      environment: ENVIRONMENTS.filter((environment) => perEnvironment[environment] === ceiling),
      riskProfile: risksUpTo(ceiling),
    }))
    .filter(({ riskProfile }) => riskProfile.length > 0);
}

/** A set of all words says nothing. */
function narrowed(when: Condition, { environment, riskProfile }: Span): Condition {
  return {
    ...when,
    ...(environment.length === ENVIRONMENTS.length ? {} : { environment }),
    ...(riskProfile.length === RISK_PROFILES.length ? {} : { riskProfile }),
  };
}

/** Who may how far, roles of the same reach together. */
function withinThreshold(rule: AllowRule, name: ThresholdName, pack: Pack): Clause[] {
  const reach = ROLES.flatMap((role) => {
    const limits = pack.thresholds[name][role];
    return limits === undefined ? [] : spansOf(limits).map((span) => ({ role, span, key: JSON.stringify(span) }));
  });
  return [...new Map(reach.map(({ key, span }) => [key, span]))].map(([key, span]) =>
    allow(
      rule,
      reach.filter((one) => one.key === key).map(({ role }) => role),
      narrowed(rule.when, span),
    ),
  );
}

const allow = ({ id, title, why, actions }: AllowRule, roles: readonly Role[], when: Condition): Clause => ({
  ...{ id, title, why, effect: "allow", tier: null, roles, actions, when },
});

function allowed(rule: AllowRule, pack: Pack): Clause[] {
  const { roles, when } = rule;
  if (roles === "break-glass")
    return pack.break_glass.minutes === 0
      ? []
      : [allow(rule, BREAK_GLASS_ROLES, { ...when, atoms: { ...when.atoms, break_glass: true } })];
  if ("within" in roles) return withinThreshold(rule, roles.within, pack);
  if ("stops" in roles) return [allow(rule, pack.kill_switch[roles.stops], when)];
  return [allow(rule, roles, when)];
}

function denied({ id, title, why, tier, when, actions }: DenyRule, pack: Pack): Clause[] {
  const named: readonly Action[] = "confined" in actions ? pack.confined[actions.confined] : actions;
  if (named.length === 0) return [];
  const atoms = tier === "hard" ? when.atoms : { ...when.atoms, break_glass: false };
  return [
    {
      id,
      title,
      why,
      effect: "deny",
      tier,
      roles: [],
      actions: named,
      when: { ...when, ...(atoms === undefined ? {} : { atoms }) },
    },
  ];
}

/** What the rules come to under a pack: clauses over closed sets, allowing ones first. */
export function compile(rules: readonly Rule[], pack: Pack): Clause[] {
  return [
    ...rules.flatMap((rule) => (isDeny(rule) ? [] : allowed(rule, pack))),
    ...rules.flatMap((rule) => (isDeny(rule) ? denied(rule, pack) : [])),
  ];
}
