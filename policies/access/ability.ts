import { createMongoAbility, type MongoAbility, type RawRuleOf } from "@casl/ability";
import type { Atoms } from "./atoms";
import { ALL_ACTIONS, type Action, type Role, type Subject, subjectOf } from "./vocabulary";
import type { Condition } from "./rule";
import { RULES } from "./rules";

/** A thing with all its attributes and its relations to who asks. */
interface Asked {
  subject: Subject;
  atoms: Atoms;
}
type AppAbility = MongoAbility<[Action, Subject | Asked]>;

/** Conditions as CASL reads them: equality and membership in closed sets only, as CASL's orderings accept missing values. */
function caslConditions(when: Condition): Record<string, unknown> {
  const sets = {
    ...(when.environment === undefined ? {} : { environment: { $in: [...when.environment] } }),
    ...(when.riskProfile === undefined ? {} : { riskProfile: { $in: [...when.riskProfile] } }),
  };
  const relations = Object.entries(when.atoms ?? {}).map(([atom, value]) => [`atoms.${atom}`, value] as const);
  return { ...sets, ...Object.fromEntries(relations) };
}

function build(roles: readonly Role[]): AppAbility {
  const rules = RULES.filter((rule) => rule.roles.some((role) => roles.includes(role))).flatMap((rule) =>
    rule.actions.map((action): RawRuleOf<AppAbility> => ({
      action,
      subject: subjectOf(action),
      conditions: caslConditions(rule.when),
      reason: rule.id,
    })),
  );
  return createMongoAbility<AppAbility>(rules, {
    // CASL's own wildcards would open everything to a rule that happens to use their words.
    anyAction: "no wildcard action",
    anySubjectType: "no wildcard subject",
    detectSubjectType: (resource) => resource.subject,
  });
}

const cache = new Map<string, AppAbility>();

/** The CASL ability of a set of roles. Built from the rules alone, so one per set of roles serves every tenant. */
export function abilityOf(roles: readonly Role[]): AppAbility {
  const key = [...roles].sort().join(",");
  let ability = cache.get(key);
  if (ability === undefined) {
    ability = build(roles);
    cache.set(key, ability);
  }
  return ability;
}

/**
 * A hint for the interface: could these roles ever do this to something? Never an answer to "may they":
 * that needs the thing itself, through `decide`.
 */
export function canSome(roles: readonly Role[], action: Action): boolean {
  return ALL_ACTIONS.includes(action) && abilityOf(roles).can(action, subjectOf(action));
}
