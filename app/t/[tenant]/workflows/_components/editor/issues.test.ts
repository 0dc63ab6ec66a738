import { describe, expect, it } from "vitest";
import { messageAt, placeOf, readJson, stepOfIssue } from "./issues";

describe("issues of a definition", () => {
  it("belong to a step by their path, or to the whole", () => {
    expect(stepOfIssue({ path: "steps.12.request.url", message: "" })).toBe(12);
    expect(stepOfIssue({ path: "steps.3", message: "" })).toBe(3);
    expect(stepOfIssue({ path: "steps", message: "" })).toBeNull();
    expect(stepOfIssue({ path: "stepsize.1", message: "" })).toBeNull();
  });

  it("say where they are by the step's own name", () => {
    const steps = [{ id: "fetch" }, { id: "charge" }];
    const place = (path: string) => placeOf({ path, message: "" }, steps);
    expect([place("steps.1.request.url"), place("steps.0"), place("steps.7.to"), place("name"), place("")]).toEqual([
      ...["charge: request.url", "fetch", "steps.7.to", "name", "definition"],
    ]);
  });

  it("are found for a field and for what lies below it", () => {
    const issues = [{ path: "steps.1.request.headers.accept", message: "must be one line" }];
    expect(messageAt(issues, "steps.1.request.headers")).toBe("must be one line");
    expect(messageAt(issues, "steps.1.request.head")).toBeUndefined();
    expect(messageAt(issues, "steps.10.request.headers")).toBeUndefined();
  });
});

describe("readJson", () => {
  it("gives the value, or says what is wrong", () => {
    expect(readJson('{"a":1}')).toEqual({ value: { a: 1 } });
    expect(readJson("{")).toHaveProperty("fault");
  });
});
