import { describe, expect, it } from "vitest";
import { CATALOGUE } from "./catalogue";
import { flagContextOf } from "./flags";
import { addOnsText, bootstrapState, CONTEXT_FIELDS, FLAGGED, flagProperties, FLAGS } from "./flag-registry";
import { GATES } from "./gates";
import { limitsOfPlan, type Projection } from "./projection";
import type { SkuId } from "./schema";
import { type Feature, FEATURES } from "./words";

const flag = (name: string) => FLAGS.find((each) => each.name === name);
const at = new Date("2026-11-26T00:00:00Z");

const projection = (plan: SkuId | null, over: Partial<Projection> = {}): Projection => ({
  ...{ source: "stripe", plan, addOns: [], seats: 3, status: "active", statusSince: at, graceUntil: null },
  ...{ periodEnd: null, cancelAtPeriodEnd: false, endsAt: null, endedAt: null, catalogueVersion: 1, previous: null },
  limits: limitsOfPlan(plan ?? "standard", [], 0, 1),
  ...over,
});

describe("the flags of the catalogue", () => {
  it("are one that opens each feature and is on, and one that closes it and is off", () => {
    const names = FLAGGED.flatMap((feature) => [`feature.${feature}`, `kill.${feature}`]);
    expect(FLAGS.map(({ name }) => name)).toEqual(names.sort());
    for (const { name, type, isEnabled } of FLAGS)
      expect([name, type, isEnabled]).toEqual(
        name.startsWith("feature.") ? [name, "permission", true] : [name, "kill-switch", false],
      );
  });

  it("are of every feature but those that are always open, which no flag could hold back", () => {
    const always = (Object.keys(FEATURES) as Feature[]).filter((feature) => GATES[feature].state === "always");
    expect(always).toEqual(["receipts"]);
    expect([...FLAGGED, ...always].sort()).toEqual(Object.keys(FEATURES).sort());
    expect([flag("feature.receipts"), flag("kill.receipts")]).toEqual([undefined, undefined]);
  });

  it("name the plans of each edition and the add-ons that open a feature, and those in their tags", () => {
    const found = flag("feature.compliance-pack");
    expect(found?.strategies.map(({ title }) => title)).toEqual([
      "Plans of the edition hosted",
      "Plans of the edition white-label",
      "Plans of the edition internal",
      "The add-on compliance",
    ]);
    expect(found?.strategies[0]?.constraints).toMatchObject([
      { contextName: "edition", operator: "IN", values: ["hosted"] },
      { contextName: "plan", operator: "IN", values: ["enterprise"] },
      { contextName: "status", operator: "NOT_IN", values: ["canceled", "incomplete_expired"] },
    ]);
    expect(found?.strategies[3]?.constraints[0]).toMatchObject({
      ...{ contextName: "addons", operator: "STR_CONTAINS", values: [",compliance,"] },
    });
    expect(found?.tags).toEqual(["compliance", "enterprise", "internal", "white-label"]);
  });

  it("ask about nothing that is no context field, and by no value that such a field does not have", () => {
    for (const { name, strategies } of FLAGS)
      for (const { contextName, operator, values } of strategies.flatMap(({ constraints }) => constraints)) {
        const field = CONTEXT_FIELDS.find((each) => each.name === contextName);
        expect([name, contextName, field?.name]).toEqual([name, contextName, contextName]);
        if (operator !== "STR_CONTAINS") expect(field?.legalValues).toEqual(expect.arrayContaining(values));
      }
    const plans = CATALOGUE.skus.map(({ id }) => id);
    expect(CONTEXT_FIELDS.find(({ name }) => name === "plan")?.legalValues).toEqual(plans.sort());
    expect(CONTEXT_FIELDS.filter(({ stickiness }) => stickiness).map(({ name }) => name)).toEqual(["tenantId"]);
  });

  it("roll out by tenant, and to all of them", () => {
    for (const { name, strategies } of bootstrapState().features)
      for (const { parameters } of strategies)
        expect(parameters).toEqual({ groupId: name, rollout: "100", stickiness: "tenantId" });
  });
});

describe("what a flag is asked with", () => {
  it("is everything that is known, each add-on between commas", () => {
    const { addOns } = projection("white-label", { addOns: ["compliance", "incident"] });
    const context = flagContextOf("ten_1", projection("white-label", { addOns, seats: 12 }));
    expect(flagProperties(context)).toEqual({
      ...{ tenantId: "ten_1", plan: "white-label", addons: ",compliance,incident,", edition: "white-label" },
      ...{ seats: 12, status: "active" },
    });
    expect(addOnsText([])).toBe("");
  });

  it("leaves out what a tenant does not have: a plan, a limit, a status", () => {
    expect(flagProperties(flagContextOf("ten_1", null))).toEqual({ tenantId: "ten_1", addons: "", edition: "hosted" });
    expect(flagProperties(flagContextOf("ten_1", projection("internal", { seats: null })))).toEqual({
      ...{ tenantId: "ten_1", addons: "", edition: "internal", plan: "internal", status: "active" },
    });
  });

  it("is what was before while a purchase is not complete, as access goes by that", () => {
    const pending = projection("standard", { status: "incomplete", previous: projection("pro", { seats: 10 }) });
    expect(flagContextOf("ten_1", pending)).toMatchObject({ plan: "pro", status: "active", seats: 10 });
    expect(flagContextOf("ten_1", projection("standard", { status: "incomplete" }))).toMatchObject({
      ...{ plan: null, status: null },
    });
  });
});
