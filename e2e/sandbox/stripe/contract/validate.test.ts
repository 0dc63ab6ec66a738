import { describe, expect, it } from "vitest";
import { coerce } from "./coerce";
import type { Schema } from "./schema";
import { findProblem } from "./validate";

const definitions: Record<string, Schema> = {
  thing: {
    type: "object",
    properties: { object: { type: "string", enum: ["thing"] }, count: { type: "number" }, next: { $ref: "thing" } },
    required: ["object"],
    additionalProperties: false,
  },
  other: {
    type: "object",
    properties: { object: { type: "string", enum: ["other"] } },
    required: ["object"],
    additionalProperties: false,
  },
};
const thing: Schema = { $ref: "thing" };
const either: Schema = { anyOf: [{ type: "string" }, { $ref: "other" }, thing, { type: "null" }] };
const map: Schema = { type: "object", additionalProperties: { type: "string" } };

describe("a value by its schema", () => {
  it.each<[string, Schema, unknown]>([
    ["an object with its members", thing, { object: "thing", count: 1 }],
    ["a member that is undefined, which JSON leaves out", thing, { object: "thing", count: undefined }],
    ["a shape inside itself", thing, { object: "thing", next: { object: "thing" } }],
    ["any of several alternatives", either, { object: "thing", count: 2 }],
    ["null where it may be", either, null],
    ["any name of a map", map, { __proto__x: "a", constructor: "b" }],
    ["anything where nothing is asked", {}, [1, "a", null]],
    ["a decimal in words", { type: "string", pattern: "^-?\\d+(\\.\\d+)?$" }, "-1.50"],
  ])("is sound: %s", (_, schema, value) => {
    expect(findProblem(schema, value, definitions)).toBeNull();
  });

  it.each<[string, Schema, unknown, string, string]>([
    ["an unknown member", thing, { object: "thing", more: 1 }, "unknown", "more"],
    ["a member named as every object's own", thing, { object: "thing", constructor: 1 }, "unknown", "constructor"],
    ["a lost member", thing, { count: 1 }, "missing", "object"],
    ["another type", thing, { object: "thing", count: "1" }, "type", "count"],
    ["a number that is none", thing, { object: "thing", count: NaN }, "value", "count"],
    ["an unlisted word", thing, { object: "sing" }, "value", "object"],
    [
      "deep inside an alternative",
      either,
      { object: "thing", next: { object: "thing", count: true } },
      "type",
      "next.count",
    ],
    ["null where it may not be", thing, null, "type", ""],
    ["a list for an object", thing, [], "type", ""],
    ["a value of a map", map, { a: 1 }, "type", "a"],
    ["an item of a list", { type: "array", items: { type: "string" } }, ["a", 1], "type", "1"],
    ["a decimal that is none", { type: "string", pattern: "^-?\\d+(\\.\\d+)?$" }, "1,5", "value", ""],
  ])("is refused: %s", (_, schema, value, kind, path) => {
    const problem = findProblem(schema, value, definitions);
    expect({ kind: problem?.kind, path: problem?.path.join(".") }).toEqual({ kind, path });
  });

  it("is an error when the contract does not define a name", () => {
    expect(() => findProblem({ $ref: "nothing" }, 1, definitions)).toThrow("does not define nothing");
  });
});

describe("words of a form by their schema", () => {
  const emptyable: Schema = { anyOf: [{ type: "string", enum: [""] }, { type: "number" }] };
  it.each<[string, Schema, unknown, unknown]>([
    ["a number", { type: "number" }, "12.5", 12.5],
    ["a boolean", { type: "boolean" }, "false", false],
    ["a word stays a word where one is asked", { type: "string" }, "12", "12"],
    ["what is no number stays, and is refused later", { type: "number" }, "0x10", "0x10"],
    ["a list", { type: "array", items: { type: "number" } }, { 0: "1", 1: "2" }, [1, 2]],
    ["names that are no list stay", { type: "array", items: {} }, { a: "1" }, { a: "1" }],
    ["an empty word that clears", emptyable, "", ""],
    ["the other of two", emptyable, "3", 3],
    ["members", thing, { object: "thing", count: "3" }, { object: "thing", count: 3 }],
    ["values of a map", { type: "object", additionalProperties: { type: "number" } }, { a: "1" }, { a: 1 }],
  ])("become %s", (_, schema, form, value) => {
    expect(coerce(schema, form, definitions)).toEqual(value);
  });
});
