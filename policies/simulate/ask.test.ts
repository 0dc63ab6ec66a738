import { describe, expect, it } from "vitest";
import { ask, assumed, type Question } from "./ask";

const question = (over: Partial<Question> = {}): Question => ({
  ...{ profile: "saas", role: "workflow_author", action: "run", risk: "high", environment: "prod" },
  ...over,
});

describe("a question to a pack", () => {
  it("is answered with what failed, what is nearest, and what would turn it", () => {
    expect(ask(question())).toMatchObject({
      ...{ allow: false, code: "NO_GRANT", failed: ["environment", "risk_profile"], denied: [], matched: [] },
      ...{ counterfactual: { role: ["operator"] }, whoCould: ["operator"] },
    });
    expect(ask(question()).nearest[0]).toEqual({
      ...{ rule: "run-start", roles: ["workflow_author"], failed: ["environment", "risk_profile"] },
    });
  });

  it("says who has to agree first", () => {
    expect(ask(question({ role: "operator", risk: "critical" }))).toMatchObject({
      ...{ allow: true, code: "ALLOW", matched: ["run-start"] },
      obligations: [{ kind: "approval", of: "run", stages: [{ role: "tenant_admin", quorum: 1 }] }],
    });
    expect(ask(question({ role: "operator", risk: "high" })).obligations).toEqual([]);
  });

  it.each([
    ["contributor", { role: "workflow_reviewer", action: "publish", contributor: true }, "own-work"],
    ["same_region", { role: "operator", region: "us" }, "residency"],
  ])("is denied for %s by a rule, whatever allows it", (failed, over, rule) => {
    expect(ask(question(over))).toMatchObject({ allow: false, code: "DENY_RULE", denied: [rule], failed: [failed] });
  });

  it.each([
    ["profile", { profile: "gold" }],
    ["role", { role: "boss" }],
    ["action", { action: "fly" }],
    ["action", { action: "constructor" }],
    ["risk_profile", { risk: "huge" }],
    ["environment", { environment: "production" }],
    ["data_sensitivity", { sensitivity: "secret" }],
    ["region", { region: "" }],
    ["business_unit", { business_unit: "x".repeat(100) }],
  ])("with a %s outside of the vocabulary is malformed, and names it", (attribute, over) => {
    expect(ask(question(over))).toMatchObject({ allow: false, code: "MALFORMED", failed: [attribute] });
  });

  it("reaches no other tenant, and takes the same answer under either name of a pack", () => {
    expect(ask(question({ role: "operator", same_tenant: false })).allow).toBe(false);
    const long = ask(question({ profile: "conductor-governance-saas" }));
    expect(long).toEqual(ask(question()));
  });

  it("says what it took for granted", () => {
    expect(assumed(question({ region: "us", contributor: true }))).toEqual({
      ...{ sensitivity: "internal", business_unit: "general", same_tenant: true },
    });
  });
});
