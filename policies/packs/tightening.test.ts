import { describe, expect, it } from "vitest";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { compare, isNowhereLooser } from "@/policies/simulate/compare";
import { brokenInvariants } from "@/policies/verify/invariants";
import { shippedPolicy } from ".";
import { readTightening } from "./accept-tightening";
import { policyFor } from "./tightening";

const SAAS = "conductor-governance-saas";
const STRICT = `
# No author starts anything outside of dev, and two administrators let critical runs begin.
thresholds:
  run:
    workflow_author: { staging: none }
    operator: { prod: high }
approvals:
  run:
    - environment: [prod]
      stages:
        - { role: tenant_admin, quorum: 2, expires_hours: 12 }
break_glass: { minutes: 15 }
confined:
  business_unit: [run.start]
`;

describe("a tightening", () => {
  it("is read, and leaves nothing allowed that the pack denies", () => {
    const tightening = readTightening(STRICT, SAAS);
    const policy = policyFor({ profile: SAAS, tightening });
    const difference = compare(shippedPolicy(SAAS), policy);
    expect(isNowhereLooser(difference)).toBe(true);
    expect(difference.newlyDenied).not.toEqual([]);
    expect(policy.revision).not.toBe(shippedPolicy(SAAS).revision);
    expect(policy.pack.break_glass).toEqual({ minutes: 15, second_person: true });
    expect(brokenInvariants(policy)).toEqual([]);
  });

  it.each([
    ["a higher ceiling", "thresholds:\n  run:\n    workflow_author: { prod: low }", 3, "looser than the pack's none"],
    [
      "a role that the pack gives nothing",
      "thresholds:\n  run:\n    read_only: { dev: low }",
      3,
      "gives this role nothing",
    ],
    ["a chain that asks less", "approvals:\n  run:\n    - stages: []", 3, "asks less than the pack"],
    [
      "a smaller quorum",
      "approvals:\n  publish:\n    - stages:\n        - { role: workflow_reviewer, quorum: 1, expires_hours: 72 }",
      3,
      "in prod at critical risk",
    ],
    [
      "another hand on the kill switch",
      "kill_switch:\n  tenant: [operator, read_only]",
      2,
      "read_only does not hold it",
    ],
    ["longer break-glass", "\nbreak_glass:\n  minutes: 60\n  second_person: false", 4, "second_person"],
    ["an unknown word", "confined:\n  region: [run.fly]", 2, "confined.region.0"],
    [
      "reads that are confined, which lists could not show",
      "confined:\n  region: [workflow.read]",
      2,
      "confined.region.0",
    ],
    ["an unknown key", "weather: rainy", 1, "weather"],
    ["what is no YAML", "a: [", 1, ""],
  ])("with %s is refused with its line", (_what, text, line, named) => {
    expect(() => readTightening(text, SAAS)).toThrow(named);
    expect(() => readTightening(text, SAAS)).toThrow(new RegExp(`^tightening:${line}: `));
  });

  it.each([
    ["kills confined to a region", "confined:\n  region: [run.kill]", "Somebody of the tenant can always kill"],
    [
      "a kill switch that only the deployment's operator holds",
      "kill_switch:\n  run: [conductor_admin]",
      "always kill",
    ],
  ])("with %s is refused with a question that shows what it breaks", (_what, text, promise) => {
    expect(() => readTightening(text, SAAS)).toThrow(promise);
    expect(() => readTightening(text, SAAS)).toThrow(/nobody may|conductor_admin may/);
  });

  it("of nothing is the pack itself", () => {
    expect(policyFor({ profile: SAAS, tightening: readTightening("", SAAS) })).toBe(shippedPolicy(SAAS));
  });

  it("that was accepted stays no looser under any pack, as when a later version is stricter", () => {
    const tightening = readTightening(STRICT, SAAS);
    for (const profile of GOVERNANCE_PROFILES)
      expect(isNowhereLooser(compare(shippedPolicy(profile), policyFor({ profile, tightening })))).toBe(true);
  });
});
