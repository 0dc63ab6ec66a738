import { describe, expect, it } from "vitest";
import { jsonFault, MAX_DEPTH } from "./json";

const nested = (levels: number) => JSON.parse("[".repeat(levels) + "]".repeat(levels)) as unknown;

describe("jsonFault", () => {
  it.each<[string, unknown]>([
    ["plain values", { a: [1, "x", null, true], b: { c: undefined } }],
    ["a text alone", "x"],
    ["nothing", undefined],
    ["emoji of several code points", { name: "👩‍👩‍👧 \u0000" }],
    ["the deepest that is allowed", nested(MAX_DEPTH)],
  ])("takes %s", (_what, value) => {
    expect(jsonFault(value)).toBeNull();
  });

  it.each<[string, unknown, RegExp]>([
    ["one level too many", nested(MAX_DEPTH + 1), /at most 100 levels/],
    ["more levels than a call stack has", nested(200_000), /at most 100 levels/],
    ["half a surrogate pair", { list: ["a\ud800"] }, /surrogate/],
    ["half a surrogate pair in a name", { "a\udc00": 1 }, /surrogate/],
  ])("refuses %s", (_what, value, fault) => {
    expect(jsonFault(value)).toMatch(fault);
  });
});
