import type { Condition } from "@/policies/access/rule";
import { RULES } from "@/policies/access/rules";
import { ALL_ACTIONS, type Action, type Role, ROLES } from "@/policies/access/vocabulary";

const ATOM_WORDS: Readonly<Record<string, string>> = {
  "cleared=true": "within clearance",
  "contributor=false": "not their own work",
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

function cell(role: Role, action: Action): string {
  const rules = RULES.filter((rule) => rule.roles.includes(role) && rule.actions.includes(action));
  return rules.length === 0 ? "–" : rules.map((rule) => conditionWords(rule.when)).join("; or ");
}

/** Role by action: who may do what inside a tenant, under which conditions. */
export function accessMatrix(): string {
  return [
    "# Access matrix",
    "",
    "Generated from `policies/access/rules`. Everything holds within one tenant only; what is not listed is denied.",
    "",
    `| Action | ${ROLES.map((role) => `\`${role}\``).join(" | ")} |`,
    `|---|${ROLES.map(() => "---").join("|")}|`,
    ...ALL_ACTIONS.map((action) => `| \`${action}\` | ${ROLES.map((role) => cell(role, action)).join(" | ")} |`),
    "",
  ].join("\n");
}
