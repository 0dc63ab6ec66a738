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

  const IMPROPER = [null, NaN, 1, ["eu"], { $in: ["low"] }, "😀".repeat(1_001), "x".repeat(1_000_000)];
  const WORDS = { risk: "risk_profile", sensitivity: "data_sensitivity" } as const;
  const words = ["role", "action", "profile", "risk", "environment", "region", "sensitivity", "business_unit"] as const;
  const truths = ["same_tenant", "contributor", "program", "other_role_asked", "requester", "decided_before"] as const;
  it.each([...words, ...truths, "break_glass" as const])("whose %s is no value of it names it", (name) => {
    const values: unknown[] = [...IMPROPER, (words as readonly string[]).includes(name) ? true : "yes"];
    for (const value of values)
      for (const action of ["run", "approve", "kill", "member.update", "policy.approve"]) {
        const { allow, code, failed } = ask({ ...question({ action }), [name]: value });
        expect([value, allow, code, failed]).toEqual([value, false, "MALFORMED", [nameOf(name)]]);
      }
  });
  const nameOf = (name: string) => (Object.hasOwn(WORDS, name) ? WORDS[name as keyof typeof WORDS] : name);

  it("takes nothing from a prototype, and no attribute that there is not", () => {
    const { role, ...rest } = question();
    const inherited = Object.assign(Object.create({ role }) as object, rest);
    expect(ask(inherited as never)).toMatchObject({ code: "MALFORMED", failed: ["role"] });
    expect(ask({ ...question(), colour: "red" } as never)).toMatchObject({ code: "MALFORMED", failed: ["colour"] });
    for (const none of [null, undefined, [], "run", 1])
      expect(ask(none as never)).toMatchObject({ code: "MALFORMED", failed: ["question"] });
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
