import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { factsOf, mayByBits } from "@/policies/access/bits";
import { obligationsOf, type Policy } from "@/policies/access/policy";
import { replayKeyOf } from "@/policies/access/replay";
import { type Action, GOVERNANCE_PROFILES, profileNamed } from "@/policies/access/vocabulary";
import { shippedPolicy } from "@/policies/packs";
import { requestFor } from "@/policies/simulate/ask";
import { compare } from "@/policies/simulate/compare";
import { readScenarios, type Scenario } from "@/policies/simulate/scenarios";
import { mutantsOf } from "./mutants";

const FOLDER = path.resolve(import.meta.dirname, "..", "scenarios");
const all = readdirSync(FOLDER).flatMap((file) => readScenarios(readFileSync(path.join(FOLDER, file), "utf8"), file));

interface Expected {
  action: Action;
  roles: number;
  word: number;
  isYes: boolean;
  after: string;
}

function expectedBy(policy: Policy, { profile, ask, expect: { answer, after = "" } }: Scenario): Expected {
  const request = requestFor({ profile, ...ask });
  const key = replayKeyOf(policy, request);
  if (key === null) throw new Error(`${JSON.stringify(ask)} is malformed`);
  return { action: request.action as Action, roles: key.roles, word: key.word, isYes: answer === "yes", after };
}

/** Whether a policy answers as a scenario expects. */
function isAsExpected(policy: Policy, { action, roles, word, isYes, after }: Expected): boolean {
  if (mayByBits(policy, roles, action, word) !== isYes) return false;
  const { environment, riskProfile } = factsOf(word);
  if (!isYes || environment === null || riskProfile === null) return true;
  const stages = obligationsOf(policy, action, { environment, riskProfile }).flatMap((each) => each.stages);
  return (
    stages.map(({ role, quorum, expires_hours }) => `${quorum} × ${role} within ${expires_hours} h`).join(", ") ===
    after
  );
}

const isEquivalent = (policy: Policy, mutant: Policy) => {
  const { newlyAllowed, newlyDenied, chains } = compare(policy, mutant);
  return newlyAllowed.length + newlyDenied.length + chains.length === 0;
};

describe.each(GOVERNANCE_PROFILES)("one edit of %s", (profile) => {
  const policy = shippedPolicy(profile);
  const scenarios = all.filter((one) => profileNamed(one.profile) === profile).map((one) => expectedBy(policy, one));

  it("is noticed by a scenario, or changes no answer at all", () => {
    expect(scenarios.every((scenario) => isAsExpected(policy, scenario))).toBe(true);
    const mutants = [...mutantsOf(policy)];
    expect(mutants.length).toBeGreaterThan(700);
    const unnoticed = mutants.filter(({ policy: mutant }) => scenarios.every((each) => isAsExpected(mutant, each)));
    const surviving = unnoticed.filter(({ policy: mutant }) => !isEquivalent(policy, mutant));
    expect(surviving.map(({ title }) => title)).toEqual([]);
    // Were most of them without effect, none of this would say much.
    expect(unnoticed.length).toBeLessThan(mutants.length / 3);
  });
});
