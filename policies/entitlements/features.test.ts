import { describe, expect, it } from "vitest";
import {
  ADD_ONS,
  type AddOn,
  featuresOf,
  FEATURES,
  type Feature,
  hasFeature,
  limitOf,
  refusalOf,
  skusThatOpen,
} from "./features";

const ALL = Object.keys(FEATURES) as Feature[];

describe("add-ons", () => {
  it.each([
    ["nothing", [], []],
    ["one for adapters", ["custom-adapters"], ["custom-adapters"]],
    ["two", ["incident", "compliance"], ["incident-automation", "compliance-pack"]],
    ["a word of another release", ["time-travel"], []],
    ["a name that every object has", ["constructor"], []],
  ])("give a tenant with %s what they open", (_what, addOns, features) => {
    expect([...featuresOf(addOns)]).toEqual(features);
  });
});

describe("features", () => {
  it("are each opened by something that is sold, and a refusal names it", () => {
    for (const feature of ALL) {
      const { skus, addOns } = skusThatOpen(feature);
      expect(skus.length).toBeGreaterThan(0);
      for (const sku of skus) expect(hasFeature(sku, [], feature)).toBe(true);
      for (const addOn of addOns) expect(refusalOf(feature)).toContain(`the add-on ${ADD_ONS[addOn].title}`);
    }
  });

  it.each<[Feature, readonly AddOn[], boolean, boolean, boolean]>([
    ["governance-packs", [], true, true, true],
    ["sso", [], false, true, true],
    ["compliance-pack", [], false, false, true],
    ["compliance-pack", ["compliance"], true, true, true],
    ["incident-automation", [], false, false, false],
    ["incident-automation", ["incident"], true, true, true],
    ["own-branding", ["incident", "compliance"], false, false, false],
  ])("%s with add-ons %j: Standard %s, Pro %s, Enterprise %s", (feature, addOns, ...expected) => {
    expect((["standard", "pro", "enterprise"] as const).map((sku) => hasFeature(sku, addOns, feature))).toEqual(
      expected,
    );
  });

  it("grow from plan to plan, and so do limits", () => {
    for (const [lower, higher] of [
      ["standard", "pro"],
      ["pro", "enterprise"],
    ] as const) {
      for (const feature of ALL)
        if (hasFeature(lower, [], feature)) expect([feature, hasFeature(higher, [], feature)]).toEqual([feature, true]);
      for (const limit of ["seatsIncluded", "runsPerMonth", "concurrentRuns", "wuIncluded", "wuCap"] as const)
        expect(limitOf(higher, limit) ?? Infinity).toBeGreaterThanOrEqual(limitOf(lower, limit) ?? Infinity);
      expect(limitOf(higher, "retentionMonths")).toBeGreaterThan(limitOf(lower, "retentionMonths") ?? 0);
    }
  });
});
