import { describe, expect, it } from "vitest";
import { FIRST_DRAFT } from "./draft";
import { readDraft } from "./read-draft";

describe("readDraft", () => {
  it("takes what the forms can show, faulty or not", () => {
    expect(readDraft(FIRST_DRAFT)).toBe(FIRST_DRAFT);
    expect(readDraft({ ...FIRST_DRAFT, name: "", importance: "huge" })).not.toBeNull();
    const wait = { id: "paid", type: "wait", event: "", match: { order: "{{ input.order }}" } };
    expect(readDraft({ ...FIRST_DRAFT, steps: [wait] })).not.toBeNull();
  });

  it.each([
    [null],
    ["text"],
    [{}],
    [{ ...FIRST_DRAFT, steps: "none" }],
    [{ ...FIRST_DRAFT, steps: [{ id: "a", type: "teleport" }] }],
    [{ ...FIRST_DRAFT, steps: [{ id: "a", type: "http" }] }],
    [{ ...FIRST_DRAFT, steps: [{ id: "a", type: "branch", cases: [{}] }] }],
    [{ ...FIRST_DRAFT, steps: [{ id: "a", type: "wait", event: 1 }] }],
    [{ ...FIRST_DRAFT, input: { a: "string" } }],
  ])("leaves to the JSON view what they cannot: %j", (value) => {
    expect(readDraft(value)).toBeNull();
  });
});
