import { createMongoAbility, type MongoAbility, type RawRuleOf } from "@casl/ability";
import type { Atoms } from "./atoms";
import type { Policy } from "./policy";
import type { Clause, Condition } from "./rule";
import { ALL_ACTIONS, type Action, type Role, type Subject, subjectOf } from "./vocabulary";

/** A thing with all its attributes and its relations to who asks, side by side: CASL would split a path anew each time. */
type Asked = Atoms & { subject: Subject };
export type AppAbility = MongoAbility<[Action, Subject | Asked]>;

/** Conditions as CASL reads them: equality and membership in closed sets only, as CASL's orderings accept missing values. */
function caslConditions(when: Condition): Record<string, unknown> {
  const sets = {
    ...(when.environment === undefined ? {} : { environment: { $in: [...when.environment] } }),
    ...(when.riskProfile === undefined ? {} : { riskProfile: { $in: [...when.riskProfile] } }),
  };
  return { ...sets, ...when.atoms };
}

const isAbout = (roles: readonly Role[]) => (clause: Clause) =>
  clause.effect === "deny" || clause.roles.some((role) => roles.includes(role));

function build({ clauses }: Policy, roles: readonly Role[]): AppAbility {
  // The clauses have denials last, and for CASL the last that fits counts.
  const rules = clauses.filter(isAbout(roles)).flatMap(({ id, effect, actions, when }) =>
    actions.map((action): RawRuleOf<AppAbility> => ({
      ...{ action, subject: subjectOf(action), conditions: caslConditions(when), reason: id },
      inverted: effect === "deny",
    })),
  );
  return createMongoAbility<AppAbility>(rules, {
    // CASL's own wildcards would open everything to a rule that happens to use their words.
    anyAction: "no wildcard action",
    anySubjectType: "no wildcard subject",
    detectSubjectType: (resource) => resource.subject,
  });
}

/** Sets of roles kept per policy: each is one of 64. */
const cache = new WeakMap<Policy, Map<string, AppAbility>>();

/** The CASL ability of a set of roles under a policy. Built from the clauses alone, so it serves every tenant of the policy. */
export function abilityOf(policy: Policy, roles: readonly Role[]): AppAbility {
  const built = cache.get(policy) ?? new Map<string, AppAbility>();
  cache.set(policy, built);
  const key = roles.length < 2 ? (roles[0] ?? "") : [...roles].sort().join(",");
  let ability = built.get(key);
  if (ability === undefined) {
    ability = build(policy, roles);
    built.set(key, ability);
  }
  return ability;
}

/**
 * A hint for the interface: could these roles ever do this to something? Never an answer to "may they":
 * that needs the thing itself, through `decide`.
 */
export function canSome({ clauses }: Policy, roles: readonly Role[], action: Action): boolean {
  return (
    ALL_ACTIONS.includes(action) &&
    clauses.some((clause) => clause.effect === "allow" && clause.actions.includes(action) && isAbout(roles)(clause))
  );
}

/** The roles that could ever do this to something. */
export const rolesThatCan = ({ clauses }: Policy, action: Action): Role[] => [
  ...new Set(clauses.filter(({ actions }) => actions.includes(action)).flatMap(({ roles }) => roles)),
];
