import { describe, expect, it } from "vitest";
import { blankInput, type InputFields, readInput } from "./run-input";

const fields: InputFields = {
  customer: { type: "string", required: true },
  amount: { type: "number", required: true },
  note: { type: "string", required: false },
  limit: { type: "number", required: false },
  urgent: { type: "boolean", required: true },
};

describe("the input of a run", () => {
  it("leaves out what is optional and empty, and makes numbers of numbers", () => {
    const entered = { ...blankInput(fields), customer: "Acme", amount: " 12.5 " };
    expect(readInput(fields, entered)).toEqual({
      input: { customer: "Acme", amount: 12.5, urgent: false },
      faults: {},
    });
  });

  it("names every field that is missing or wrong", () => {
    expect(readInput(fields, { ...blankInput(fields), limit: "many" }).faults).toEqual({
      customer: "is required (string)",
      amount: "is required (number)",
      limit: "must be a number",
    });
  });
});
