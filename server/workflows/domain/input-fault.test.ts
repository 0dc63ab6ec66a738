import { describe, expect, it } from "vitest";
import type { Json } from "@/server/kernel/json";
import { type InputField, inputFault } from "./input-fault";
import { inputFieldSchema } from "./input-field";

type Given = Partial<InputField>;
const field = (given: Given): InputField => ({ type: "string", required: true, ...given });

describe("a value of a field", () => {
  it.each<[Given, Json]>([
    [{}, ""],
    [{ enum: ["low", "high"] }, "low"],
    [{ max_length: 3 }, "abc"],
    [{ format: "date" }, "2028-02-29"],
    [{ format: "date-time" }, "2026-05-31T09:00:00+02:00"],
    [{ format: "email" }, "ada@example.test"],
    [{ format: "uri" }, "https://example.test/a?b=c"],
    [{ type: "number", min: 0, max: 10 }, 0],
    [{ type: "number", min: 0, max: 10 }, 10],
    [{ type: "boolean" }, false],
    [{ type: "json" }, null],
    [{ type: "json" }, { list: [1, { deep: true }] }],
  ])("is taken: %j of %j", (given, value) => {
    expect(inputFault(field(given), value)).toBeNull();
  });

  it.each<[Given, Json, RegExp]>([
    [{}, 1, /must be a string/],
    [{}, null, /must be a string/],
    [{}, ["a"], /must be a string/],
    [{ enum: ["low", "high"] }, "Low", /one of low, high/],
    [{ max_length: 3 }, "abcd", /at most 3/],
    [{ format: "date" }, "2026-02-30", /a date/],
    [{ format: "date" }, "31.05.2026", /a date/],
    [{ format: "date-time" }, "2026-05-31T09:00:00", /a moment/],
    [{ format: "date-time" }, "2026-05-31T25:00:00Z", /a moment/],
    [{ format: "email" }, "ada@example", /e-mail/],
    [{ format: "email" }, "a@b.c, d@e.f", /e-mail/],
    [{ format: "uri" }, "example", /address/],
    [{ type: "number", min: 0 }, -1, /at least 0/],
    [{ type: "number", max: 10 }, 10.5, /at most 10/],
    [{ type: "number" }, "1", /must be a number/],
    [{ type: "boolean" }, "true", /must be a boolean/],
  ])("is refused: %j of %j", (given, value, words) => {
    expect(inputFault(field(given), value)).toMatch(words);
  });
});

describe("the declaration of a field", () => {
  it("may be as short as it always was", () => {
    expect(inputFieldSchema.parse({ type: "string" })).toEqual({ type: "string", required: true });
  });

  it.each<[object, string]>([
    [{ type: "number", enum: ["a"] }, "enum"],
    [{ type: "number", max_length: 3 }, "max_length"],
    [{ type: "json", format: "date" }, "format"],
    [{ type: "string", min: 1 }, "min"],
    [{ type: "number", min: 2, max: 1 }, "max"],
    [{ type: "string", enum: ["a", "a"] }, "enum"],
    [{ type: "string", enum: ["a"], default: "b" }, "default"],
    [{ type: "number", default: "1" }, "default"],
  ])("is refused: %j", (declared, at) => {
    const paths = inputFieldSchema.safeParse(declared).error?.issues.map(({ path }) => path.join("."));
    expect(paths).toEqual([at]);
  });
});
