import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, jsonFault, MAX_DEPTH, parseJson } from "./json";

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

describe("parseJson", () => {
  it("gives what the text says", () => {
    const text = '{"a":[9007199254740991,-9007199254740991,1.5e300,0.1234567890123456789],"b":"9007199254740993"}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
    expect(parseJson("[1]")).toEqual([1]);
    expect(() => parseJson("{")).toThrow(SyntaxError);
  });

  it.each(["9007199254740993", "-9007199254740992", "123456789012345678901234567890"])("refuses %s", (number) => {
    expect(() => parseJson(`{"order":{"id":${number}}}`)).toThrow(RangeError);
  });
});

describe("canonicalJson", () => {
  it("is RFC 8785, of values in any order and of those in its own", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = canonicalize(value) ?? "";
        expect(canonicalJson(value)).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, unknown, string]>([
    ["names that look like numbers", { 9: 1, 10: 2, b: 0, a: 0 }, '{"10":2,"9":1,"a":0,"b":0}'],
    ["moments", { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ["holes of lists", [undefined, 1], "[null,1]"],
    ["what an object does not have", { a: undefined, b: 1 }, '{"b":1}'],
    ["a zero below", [-0], "[0]"],
  ])("writes %s", (_what, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each<[string, unknown]>([
    ["half a surrogate pair", { a: "\ud800" }],
    ["half a surrogate pair in a name", { "\udc00": 1 }],
    ["no number", [Number.NaN]],
    ["a number without end", { a: Infinity }],
  ])("throws on %s", (_what, value) => {
    expect(() => canonicalJson(value)).toThrow(Error);
  });
});
