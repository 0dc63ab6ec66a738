import { describe, expect, it } from "vitest";
import { isMatched, matchKeyOf, matchKeysOf } from "./event-match";

describe("what a wait is looked up by", () => {
  it.each([
    ["no field", {}, { order: "7" }],
    ["one field", { order: "7" }, { order: "7", total: 1 }],
    ["several, in whatever order", { total: 1, order: "7" }, { total: 1, order: "7" }],
    ["an object, in whatever order of its fields", { at: { a: 1, b: 2 } }, { at: { b: 2, a: 1 } }],
    ["null", { order: null }, { order: null }],
  ])("is among what its event may be looked up by: %s", (_what, matches, data) => {
    expect(matchKeysOf(data)).toContain(matchKeyOf(matches));
    expect(isMatched(matches, data)).toBe(true);
  });

  it.each([
    ["another value", { order: "7" }, { order: "8" }],
    ["another type", { order: "7" }, { order: 7 }],
    ["a field that is not there", { order: null }, {}],
    ["one of two", { order: "7", total: 1 }, { order: "7", total: 2 }],
    ["a name that every object has", { constructor: "x" }, {}],
  ])("fits no other: %s", (_what, matches, data) => {
    expect(isMatched(matches, data)).toBe(false);
  });

  it("tells fields and values apart that look alike when put together", () => {
    expect(matchKeyOf({ a: "b,c" })).not.toBe(matchKeyOf({ "a,b": "c" }));
    expect(matchKeyOf({ order: "7" })).not.toBe(matchKeyOf({ order: 7 }));
  });
});
