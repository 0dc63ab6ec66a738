import { describe, expect, it } from "vitest";
import { twoStepDefinition } from "@/server/testing/definitions";
import { checkDefinition } from "./check-definition";

const issuesOf = (over: Record<string, unknown>) => {
  const checked = checkDefinition(twoStepDefinition(over));
  return checked.isValid ? [] : checked.issues.map(({ path, message }) => `${path}: ${message}`);
};
const http = (id: string, over: Record<string, unknown> = {}) => ({
  id,
  type: "http",
  request: { url: "https://a.example.test/" },
  ...over,
});

describe("checkDefinition", () => {
  it("accepts two steps in a row and fills in the defaults", () => {
    const checked = checkDefinition(twoStepDefinition());
    expect(checked).toMatchObject({ isValid: true, definition: { importance: "normal", steps: [{ retries: 3 }, {}] } });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["a step that does not exist", { steps: [http("a", { next: "b" })] }, "steps.0.next: there is no step b"],
    ["two steps of one id", { steps: [http("a", { next: "a" }), http("a")] }, "steps.1.id: the id a is used twice"],
    [
      "a cycle",
      { steps: [http("a", { next: "b" }), http("b", { next: "a" })] },
      "steps.0.next: the steps a → b → a form a cycle",
    ],
    ["a step that nothing leads to", { steps: [http("a"), http("b")] }, "steps.1: no path leads to the step b"],
    ["no steps", { steps: [] }, "steps: needs at least one step"],
    [
      "an input that is not declared",
      { steps: [http("a", { request: { url: "https://a.example.test/{{ input.nope }}" } })] },
      "steps.0.request.url: {{ input.nope }} reads an input that the workflow does not declare",
    ],
    [
      "an expression in a template",
      { steps: [http("a", { request: { url: "https://a.example.test/{{ constructor.constructor('x')() }}" } })] },
      "is not a path",
    ],
    [
      "a host that a template chooses",
      { steps: [http("a", { request: { url: "https://{{ input.order }}.example.test/" } })] },
      "steps.0.request.url: must begin with http:// or https:// and a fixed host",
    ],
    ["a URL with user and password", { steps: [http("a", { request: { url: "https://u:p@a.test/" } })] }, "fixed host"],
    ["another scheme", { steps: [http("a", { request: { url: "file:///etc/passwd" } })] }, "must begin with http://"],
    [
      "a header that frames the request",
      { steps: [http("a", { request: { url: "https://a.test/", headers: { "Transfer-Encoding": "chunked" } } })] },
      "the header Transfer-Encoding is set by the sender",
    ],
    [
      "a header with a line break",
      { steps: [http("a", { request: { url: "https://a.test/", headers: { "X-A": "a\r\nHost: b" } } })] },
      "steps.0.request.headers.X-A: must be one line",
    ],
    [
      "broken JSONata",
      { steps: [{ id: "t", type: "transform", expression: "input.(" }] },
      "steps.0.expression: is not valid JSONata",
    ],
    [
      "broken CEL",
      { steps: [{ id: "b", type: "branch", cases: [{ when: "input.order ==", next: "e" }] }, http("e")] },
      "steps.0.cases.0.when: is not valid CEL",
    ],
    ["an unknown key", { owner: "me" }, "owner"],
    [
      "an unknown environment",
      { attributes: { ...(twoStepDefinition().attributes as object), environment: "qa" } },
      "attributes.environment",
    ],
  ])("refuses %s, with its path", (_what, over, expected) => {
    expect(issuesOf(over).join("\n")).toContain(expected);
  });

  it("refuses to read a step that only one arm of a branch has passed", () => {
    const read = http("end", { request: { url: "https://a.test/{{ steps.left.output.status }}" } });
    const steps = [
      { id: "fork", type: "branch", cases: [{ when: "input.order == 'a'", next: "left" }], otherwise: "end" },
      http("left", { next: "end" }),
      read,
    ];
    expect(issuesOf({ steps }).join()).toContain("reads a step that need not have run before end");
  });

  it("checks a chain of 1,000 steps and refuses 1,001", () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, i) => http(`s${i}`, i + 1 < length ? { next: `s${i + 1}` } : {}));
    expect(issuesOf({ steps: chain(1_000) })).toEqual([]);
    expect(issuesOf({ steps: chain(1_001) }).join()).toContain("steps");
  });

  it("tells a hundred faults at most, and none at the length of what was sent", () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, 0]));
    const issues = issuesOf({
      ...unknown,
      steps: Array.from({ length: 500 }, () => ({ [`x${"y".repeat(9_000)}`]: 1 })),
    });
    expect(issues).toHaveLength(100);
    expect(Math.max(...issues.map((issue) => issue.length))).toBeLessThan(700);
  });
});
