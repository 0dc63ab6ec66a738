import { describe, expect, it } from "vitest";
import { ADD_ONS, FEATURES, featuresOf, isAddOn, refusalOf } from "./catalogue";

describe("the catalogue", () => {
  it.each([
    ["nothing", [], []],
    ["its add-on", ["custom-adapters"], ["custom-adapters"]],
    ["a word of another release", ["time-travel"], []],
    ["a name that every object has", ["constructor"], []],
  ])("gives a tenant with %s what that unlocks", (_what, addOns, features) => {
    expect([...featuresOf(addOns)]).toEqual(features);
  });

  it("has an add-on for every feature, and names it in the refusal", () => {
    for (const [feature, { addOn }] of Object.entries(FEATURES)) {
      expect(isAddOn(addOn)).toBe(true);
      expect(refusalOf(feature as keyof typeof FEATURES)).toContain(addOn);
    }
    expect(Object.keys(ADD_ONS).every((addOn) => featuresOf([addOn]).size > 0)).toBe(true);
  });
});
