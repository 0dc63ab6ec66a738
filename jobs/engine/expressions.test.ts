import { describe, expect, it } from "vitest";
import { expressionProblem, holds, keyOf, numberOf } from "./expressions";

const facts = {
  event: { data: { id: "a", n: 5, share: 0.5, nothing: null, tags: ["x"] } },
  async: { data: { id: "a", n: 7 } },
};

describe("an expression", () => {
  it.each([
    ["event.data.id == async.data.id", true],
    ["event.data.n == 5", true],
    ["event.data.n % 2 == 1 && async.data.n > event.data.n", true],
    ["event.data.share < 1", true],
    ["'x' in event.data.tags", true],
    ["event.data.missing == 1", false],
    ["has(event.data.missing)", false],
    ["event.data.n + 'x' == '5x'", false],
    ["event.data.id", false],
  ])("%s is %s", (expression, expected) => {
    expect(holds(expression, facts)).toBe(expected);
  });

  it("that is not there holds", () => {
    expect([holds(null, facts), holds(undefined, facts), holds("", facts)]).toEqual([true, true, true]);
  });

  it("may look at nothing but event and async", () => {
    expect(holds("process.env", facts)).toBe(false);
    expect(expressionProblem("event.data ==")).toContain("Unexpected");
    expect(expressionProblem("event.data.id == 'a'")).toBeNull();
  });
});

describe("a key", () => {
  it.each([
    ["event.data.id", "a"],
    ["event.data.n", "5"],
    ["event.data.share", "0.5"],
    ["event.data.missing", null],
    ["event.data.nothing", null],
    ["event.data.id + 1", null],
    ["''", ""],
    ["event.data.tags", '["x"]'],
    ["[event.data.n]", '["5"]'],
    ["event.data.id + '-' + string(event.data.n)", "a-5"],
    ["'a\\u0000b'", "a\ufffdb"],
  ])("of %s is %s", (expression, expected) => {
    expect(keyOf(expression, facts)).toBe(expected);
  });
});

describe("a number", () => {
  it.each([
    ["event.data.n", 5],
    ["event.data.share", 0.5],
    ["event.data.id == 'a' ? 120 : 0", 120],
    ["0 - 600", -600],
    ["event.data.id", null],
    ["event.data.missing", null],
    ["1.0 / 0.0", null],
  ])("of %s is %s", (expression, expected) => {
    expect(numberOf(expression, facts)).toBe(expected);
  });
});
