import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { GOVERNANCE_PROFILES, profileNamed, ROLES } from "@/policies/access/vocabulary";
import { differenceOf, readScenarios } from "./scenarios";

const FOLDER = path.resolve(import.meta.dirname, "..", "scenarios");
const all = readdirSync(FOLDER).flatMap((file) => readScenarios(readFileSync(path.join(FOLDER, file), "utf8"), file));

describe("the committed scenarios", () => {
  it("ask each role of each pack for each of the five things that people do, two hundred questions or more", () => {
    expect(all.length).toBeGreaterThanOrEqual(200);
    for (const profile of GOVERNANCE_PROFILES)
      for (const action of ["author", "publish", "run", "approve", "kill"])
        for (const role of ROLES)
          expect(
            all.filter(
              (one) => profileNamed(one.profile) === profile && one.ask.action === action && one.ask.role === role,
            ),
          ).not.toEqual([]);
  });

  it.each(all.map((scenario) => [scenario.profile, scenario.title, scenario] as const))(
    "%s: %s",
    (_profile, _title, scenario) => {
      expect(differenceOf(scenario)).toBeNull();
    },
  );
});

it("a scenario that expects another answer is told apart", () => {
  const [first] = all.filter(({ expect: { answer } }) => answer === "yes");
  if (first === undefined) throw new Error("some answer is yes");
  const other = (over: Partial<typeof first.expect>) =>
    differenceOf({ ...first, expect: { ...first.expect, ...over } });
  expect(other({ answer: "no" })).toBe("the answer is yes");
  expect(other({ rule: "no-rule" })).toMatch(/^by /);
  expect(other({ after: "9 × operator" })).toMatch(/^after /);
  expect(other({ failed: ["role"] })).toMatch(/^what failed is/);
  expect(() => readScenarios("profile: saas\nscenarios: [{}]", "x.yaml")).toThrow("x.yaml: scenarios.0.title");
});
