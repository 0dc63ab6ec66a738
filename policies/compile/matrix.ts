import type { Policy } from "@/policies/access/policy";
import { roleWord } from "@/policies/access/role-word";
import type { Clause, Condition } from "@/policies/access/rule";
import { ALL_ACTIONS, type Action, type Role, ROLES } from "@/policies/access/vocabulary";
import type { ChainLine } from "@/policies/packs/schema";

const ATOM_WORDS: Readonly<Record<string, string>> = {
  "cleared=true": "within clearance",
  "break_glass=true": "with break-glass open",
  "break_glass=false": "unless break-glass is open",
  "asked=true": "where their role is asked",
  "requester=false": "not their own request",
  "voter=false": "once",
  "person=true": "people only",
};

/** A denial says where it holds, and what is then left. */
const LEFT_WORDS: Readonly<Record<string, string>> = {
  ...ATOM_WORDS,
  "contributor=true": "not their own work",
  "same_region=false": "only in their own region",
  "same_business_unit=false": "only in their own business unit",
};

const listed = (words: readonly string[]) => words.join(" or ");

function conditionWords({ environment, riskProfile, atoms = {} }: Condition, known = ATOM_WORDS): string[] {
  return [
    ...(environment === undefined ? [] : [listed(environment)]),
    ...(riskProfile === undefined ? [] : [`${listed(riskProfile)} risk`]),
    ...Object.entries(atoms).flatMap(([atom, value]) => known[`${atom}=${value}`] ?? []),
  ];
}

const sentence = (clause: Clause, known = ATOM_WORDS) => {
  const words = conditionWords(clause.when, known);
  return words.length === 0 ? "yes" : words.join(", ");
};

/** What each role may do with one action under a policy, in words; empty: nothing. */
export interface MatrixRow {
  action: Action;
  roles: Readonly<Record<Role, string>>;
  /** What holds for all of them. */
  always: string;
}

/** Role by action: who may do what inside a tenant, under which conditions. */
export function matrixOf({ clauses }: Policy): MatrixRow[] {
  return ALL_ACTIONS.map((action) => {
    const about = clauses.filter(({ actions }) => actions.includes(action));
    const cell = (role: Role) => {
      const ways = new Set(about.filter(({ roles }) => roles.includes(role)).map((clause) => sentence(clause)));
      return ways.has("yes") ? "yes" : [...ways].join("; or ");
    };
    return {
      action,
      roles: Object.fromEntries(ROLES.map((role) => [role, cell(role)])) as Record<Role, string>,
      always: about
        .filter(({ effect }) => effect === "deny")
        .map((clause) => sentence(clause, LEFT_WORDS))
        .join("; "),
    };
  });
}

/** A line of a chain in words: where it counts, and who is asked. */
export function chainWords({ environment, risk, stages }: ChainLine): { where: string; who: string } {
  const where = [
    ...(environment === undefined ? [] : [listed(environment)]),
    ...(risk === undefined ? [] : [`${listed(risk)} risk`]),
  ];
  return {
    where: where.length === 0 ? "else" : where.join(", "),
    who: stages
      .map(({ role, quorum, expires_hours }) => `${quorum} × ${roleWord(role)} within ${expires_hours} h`)
      .join(", then "),
  };
}
