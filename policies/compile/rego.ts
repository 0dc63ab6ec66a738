import type { Policy } from "@/policies/access/policy";
import type { Clause } from "@/policies/access/rule";
import { ALL_ACTIONS, DATA_SENSITIVITIES, isGoverned, subjectOf, upTo } from "@/policies/access/vocabulary";
import { inputRules } from "./rego-input";
import { isOneOf, quoted, rule } from "./rego-terms";

/** Where the decision lies among OPA's documents, and where what it reads. */
export const REGO_PACKAGE = "conductor.authz";
export const REGO_DATA = "conductor.authz_data";

const governedSubjects = [...new Set(ALL_ACTIONS.map(subjectOf))].filter(isGoverned);

/** The relations as `policies/access/atoms.ts` computes them, each by its name there. What has no rule here cannot be asked for. */
const RELATIONS: Readonly<Record<keyof NonNullable<Clause["when"]["atoms"]>, readonly string[]>> = {
  same_tenant: [rule("same_tenant", ["input.principal.tenantId == input.resource.tenantId"])],
  same_region: [
    rule("same_region", ["not governed"]),
    rule("same_region", ["input.principal.region == input.resource.region"]),
  ],
  same_business_unit: [
    rule("same_business_unit", ["not governed"]),
    rule("same_business_unit", ["input.principal.businessUnit == input.resource.businessUnit"]),
  ],
  cleared: [
    rule("cleared", ["not governed"]),
    ...DATA_SENSITIVITIES.map((clearance) =>
      rule("cleared", [
        `input.principal.clearance == ${quoted(clearance)}`,
        isOneOf("input.resource.dataSensitivity", upTo(DATA_SENSITIVITIES, clearance)),
      ]),
    ),
  ],
  contributor: [rule("contributor", ["input.principal.id in input.resource.contributors"])],
  person: [rule("person", [`input.principal.kind == "user"`])],
  asked: [rule("asked", ["input.resource.role in input.principal.roles"])],
  requester: [rule("requester", ["input.principal.id in input.resource.requesters"])],
  voter: [rule("voter", ["input.principal.id in input.resource.voters"])],
  break_glass: [rule("break_glass", ["input.principal.breakGlass == true"])],
};

/** A clause as a rule that puts its id into a set. */
function clauseRule(clause: Clause): string {
  const { id, title, effect, actions, roles, when } = clause;
  const relations = Object.entries(when.atoms ?? {}).map(([atom, value]) => (value ? atom : `not ${atom}`));
  const body = [
    isOneOf("input.action", actions),
    ...(effect === "deny" ? [] : ["some role in input.principal.roles", isOneOf("role", roles)]),
    ...(when.environment === undefined ? [] : [isOneOf("input.resource.environment", when.environment)]),
    ...(when.riskProfile === undefined ? [] : [isOneOf("input.resource.riskProfile", when.riskProfile)]),
    ...relations,
  ];
  return `# ${title}.\n${rule(`${effect === "deny" ? "denied" : "granted"} contains ${quoted(id)}`, body)}`;
}

const ANSWER = [
  "default allow := false",
  rule("allow", ["count(granted) != 0", "count(denied) == 0"]),
  `# The rules that allow it.\n${rule("matched contains id", ["allow", "some id in granted"])}`,
  `# What has to be done before it begins.\n${rule("obligations contains obligation", [
    "allow",
    `obligation := data.${REGO_DATA}.obligations[input.action][input.resource.environment][input.resource.riskProfile]`,
  ])}`,
  `# What cannot be read is denied, whatever would allow it.\n${rule(`denied contains "malformed-input"`, ["not valid_input"])}`,
];

const section = (title: string, rules: readonly string[]) => [`# --- ${title}`, ...rules];

/**
 * A policy as Rego, for partners who ask OPA. Of the language it takes little: equality, membership in closed sets, and sets
 * of rule ids, so that people can read it, OPA can index it, and OPA 0.47 and 1.x understand it alike (`rego_version` 0 with
 * `future.keywords`). Default deny; a denial counts whatever allows.
 */
export function regoOf({ clauses, revision, pack, regions }: Policy): string {
  const granting = clauses.filter(({ effect }) => effect === "allow");
  const denying = clauses.filter(({ effect }) => effect === "deny");
  return `${[
    `# ${pack.title}, generated from the rules of Maestro Conductor: not to be edited.\n# ${revision}`,
    `package ${REGO_PACKAGE}`,
    "import future.keywords.contains\nimport future.keywords.if\nimport future.keywords.in",
    ...section("the answer", ANSWER),
    ...section("who may what", granting.map(clauseRule)),
    ...section("what nobody may, whatever their roles grant", denying.map(clauseRule)),
    ...section("relations between who asks and what is asked about", [
      rule("governed", [isOneOf("input.resource.subject", governedSubjects)]),
      ...Object.values(RELATIONS).flat(),
    ]),
    ...section("what can be answered at all", inputRules(regions)),
  ].join("\n\n")}\n`;
}
