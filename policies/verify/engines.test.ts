import { describe, expect, it } from "vitest";
import { abilityOf } from "@/policies/access/ability";
import type { Atom } from "@/policies/access/atoms";
import { factsOf, mayByBits, roleBits, wordOf } from "@/policies/access/bits";
import { explain } from "@/policies/access/explain";
import { policyOf } from "@/policies/access/policy";
import { RULES } from "@/policies/access/rules";
import { type Clause, isDeny } from "@/policies/access/rule";
import { GOVERNANCE_PROFILES, type Role, subjectOf } from "@/policies/access/vocabulary";
import { PACKS, shippedPolicy } from "@/policies/packs";
import { type Question, space } from "./space";

/** Fewer questions than this would mean that something is not asked any more. */
const LEAST_QUESTIONS = 10_000;

const byCasl = (
  policy: Parameters<typeof abilityOf>[0],
  roles: readonly Role[],
  { action, atoms, environment, riskProfile }: Question,
) =>
  abilityOf(policy, roles).can(action, {
    subject: subjectOf(action),
    ...atoms,
    ...(environment === null ? {} : { environment, riskProfile }),
  });

/** A clause as it reads. */
function doesFit({ when }: Clause, { environment, riskProfile, atoms }: Question): boolean {
  const isWithin = (allowed: readonly string[] | undefined, value: string | null) =>
    allowed === undefined || (value !== null && allowed.includes(value));
  return (
    isWithin(when.environment, environment) &&
    isWithin(when.riskProfile, riskProfile) &&
    Object.entries(when.atoms ?? {}).every(([atom, value]) => atoms[atom as Atom] === value)
  );
}

describe.each(GOVERNANCE_PROFILES)("over every question of %s", (profile) => {
  const policy = shippedPolicy(profile);

  it("CASL, the bits and the clauses as they read say the same", () => {
    let asked = 0;
    const differing: string[] = [];
    for (const question of space(policy)) {
      asked += 1;
      const word = wordOf(question);
      const fitting = policy.clauses.filter(
        (clause) => clause.actions.includes(question.action) && doesFit(clause, question),
      );
      const byReading =
        !fitting.some(({ effect }) => effect === "deny") &&
        fitting.some(({ effect, roles }) => effect === "allow" && roles.includes(question.role));
      const answers = [
        byReading,
        byCasl(policy, [question.role], question),
        mayByBits(policy, roleBits([question.role]), question.action, word),
      ];
      if (new Set(answers).size > 1) differing.push(`${JSON.stringify(question)}: ${answers.join(", ")}`);
    }
    expect(differing.slice(0, 5)).toEqual([]);
    expect(asked).toBeGreaterThan(LEAST_QUESTIONS);
  });

  it("what is told to turn an answer turns it", () => {
    for (const question of space(policy)) {
      const word = wordOf(question);
      const roles = roleBits([question.role]);
      if (mayByBits(policy, roles, question.action, word)) continue;
      const { counterfactual } = explain(policy, roles, question.action, word);
      if (counterfactual === null) continue;
      const { role, environment, riskProfile, ...atoms } = counterfactual;
      const turned = {
        atoms: { ...question.atoms, ...(atoms as Partial<Question["atoms"]>) },
        environment: (environment as Question["environment"][] | undefined)?.[0] ?? question.environment,
        riskProfile: (riskProfile as Question["riskProfile"][] | undefined)?.[0] ?? question.riskProfile,
      };
      const by = roleBits([(role as Role[] | undefined)?.[0] ?? question.role]);
      expect([question, counterfactual, mayByBits(policy, by, question.action, wordOf(turned))]).toEqual([
        question,
        counterfactual,
        true,
      ]);
    }
  });
});

it("a word keeps all that it was made of", () => {
  for (const question of space(shippedPolicy("conductor-governance-saas"))) {
    const { environment, riskProfile, atoms } = question;
    expect(factsOf(wordOf(question))).toEqual({ environment, riskProfile, atoms });
  }
});

it("every rule comes to something in some pack, and no pack has a clause that another makes pointless", () => {
  const used = new Set(GOVERNANCE_PROFILES.flatMap((profile) => shippedPolicy(profile).clauses.map(({ id }) => id)));
  expect(RULES.filter(({ id }) => !used.has(id)).map(({ id }) => id)).toEqual([]);
  for (const profile of GOVERNANCE_PROFILES) {
    const policy = shippedPolicy(profile);
    for (const rule of RULES.filter((one) => isDeny(one) && used.has(one.id))) {
      const without = policyOf(
        PACKS[profile],
        RULES.filter((one) => one !== rule),
      );
      if (!policy.clauses.some(({ id }) => id === rule.id)) continue;
      const turns = [...space(policy)].some(
        (question) => byCasl(policy, [question.role], question) !== byCasl(without, [question.role], question),
      );
      expect([profile, rule.id, turns]).toEqual([profile, rule.id, true]);
    }
  }
});
