import type { Policy } from "@/policies/access/policy";
import type { Condition } from "@/policies/access/rule";
import { ALL_ACTIONS, type Action, GOVERNANCE_PROFILES, type Role, ROLES } from "@/policies/access/vocabulary";
import { shippedPolicy } from "@/policies/packs";

const ATOM_WORDS: Readonly<Record<string, string>> = {
  "cleared=true": "within clearance",
  "contributor=false": "not their own work",
  "break_glass=true": "with break-glass open",
  "asked=true": "where their role is asked",
  "requester=false": "not their own request",
  "voter=false": "once",
  "same_region=true": "own region",
  "same_business_unit=true": "own business unit",
};

function conditionWords({ environment, riskProfile, atoms = {} }: Condition): string {
  const words = [
    ...(environment === undefined ? [] : [environment.join(" or ")]),
    ...(riskProfile === undefined ? [] : [`${riskProfile.join(" or ")} risk`]),
    ...Object.entries(atoms).flatMap(([atom, value]) => ATOM_WORDS[`${atom}=${value}`] ?? []),
  ];
  return words.length === 0 ? "yes" : words.join(", ");
}

function cell({ clauses }: Policy, role: Role, action: Action): string {
  const rules = clauses.filter((clause) => clause.roles.includes(role) && clause.actions.includes(action));
  return rules.length === 0 ? "–" : rules.map((rule) => conditionWords(rule.when)).join("; or ");
}

function matrixOf(policy: Policy): string[] {
  return [
    `## ${policy.pack.title}`,
    "",
    `\`${policy.profile}\`, version ${policy.pack.version}. ${policy.pack.about}`,
    "",
    `| Action | ${ROLES.map((role) => `\`${role}\``).join(" | ")} |`,
    `|---|${ROLES.map(() => "---").join("|")}|`,
    ...ALL_ACTIONS.map(
      (action) => `| \`${action}\` | ${ROLES.map((role) => cell(policy, role, action)).join(" | ")} |`,
    ),
    "",
  ];
}

/** Role by action under each pack: who may do what inside a tenant, under which conditions. */
export function accessMatrix(): string {
  return [
    "# Access matrix",
    "",
    "Generated from `policies/access/rules` and `policies/packs`. Everything holds within one tenant only; what is not listed is",
    "denied. Nothing opens break-glass yet, so what needs it is denied too.",
    "",
    ...GOVERNANCE_PROFILES.flatMap((profile) => matrixOf(shippedPolicy(profile))),
  ].join("\n");
}
