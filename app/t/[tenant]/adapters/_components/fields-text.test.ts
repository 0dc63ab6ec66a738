import { describe, expect, it } from "vitest";
import { inputWords } from "./adapter-row";
import { readFields, writeFields } from "./fields-text";

describe("what an adapter takes", () => {
  it.each([
    ["", { fields: {} }],
    ["  ", { fields: {} }],
    ['{ "order": { "type": "string" } }', { fields: { order: { type: "string" } } }],
    ["[]", { fault: true }],
    ["null", { fault: true }],
    ["{", { fault: true }],
  ])("reads %j", (text, read) => {
    expect(readFields(text)).toEqual(read);
  });

  it("comes back as it was written, and as words", () => {
    const input = { order: { type: "string", required: true }, note: { type: "json", required: false } } as const;
    expect(readFields(writeFields(input))).toEqual({ fields: input });
    expect(writeFields({})).toBe("");
    expect(inputWords(input)).toBe("order (string), note (json, optional)");
    expect(inputWords({})).toBe("nothing");
  });
});
