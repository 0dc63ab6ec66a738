import { describe, expect, it } from "vitest";
import { blankInput, enteredOf, type InputFields, readInput } from "./run-input";

const fields: InputFields = {
  customer: { type: "string", required: true },
  amount: { type: "number", required: true },
  note: { type: "string", required: false },
  limit: { type: "number", required: false },
  urgent: { type: "boolean", required: true },
  size: { type: "string", required: false, enum: ["s", "m"], default: "m" },
  due: { type: "string", required: false, format: "date" },
  parts: { type: "json", required: false },
};

describe("the input of a run", () => {
  it("leaves out what is optional and empty, and makes numbers of numbers", () => {
    const entered = { ...blankInput(fields), customer: "Acme", amount: " 12.5 " };
    expect(readInput(fields, entered)).toEqual({
      input: { customer: "Acme", amount: 12.5, urgent: false, size: "m" },
      faults: {},
    });
  });

  it("reads JSON, and shows it again as it was", () => {
    const entered = enteredOf(fields, { customer: "Acme", amount: 1, parts: [{ id: 1 }] });
    expect(readInput(fields, entered).input).toMatchObject({ parts: [{ id: 1 }] });
  });

  it("names every field that is missing or wrong", () => {
    expect(readInput(fields, { ...blankInput(fields), limit: "many", due: "soon", parts: "{" }).faults).toEqual({
      customer: "is required (string)",
      amount: "is required (number)",
      limit: "must be a number",
      due: "must be a date such as 2026-05-31",
      parts: expect.stringMatching(/^is not JSON: /) as string,
    });
  });
});
