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

const STAGE = { role: "operator", quorum: 1, expires_hours: 1 };
const approval = (over: Record<string, unknown> = {}) => ({
  ...{ id: "a", type: "approval", title: "Go on?", stages: [STAGE], ...over },
});

const wait = (over: Record<string, unknown> = {}) => ({ id: "w", type: "wait", event: "order.paid", ...over });

describe("checkDefinition", () => {
  it("accepts two steps in a row and fills in the defaults", () => {
    const checked = checkDefinition(twoStepDefinition());
    expect(checked).toMatchObject({ isValid: true, definition: { importance: "normal", steps: [{ retries: 3 }, {}] } });
  });

  it("writes nothing into a wait that is for no event, so that it hashes as it did", () => {
    const checked = checkDefinition(twoStepDefinition({ steps: [{ id: "w", type: "wait", seconds: 1 }] }));
    expect(checked).toMatchObject({ isValid: true, definition: { steps: [{ id: "w", type: "wait", seconds: 1 }] } });
    expect(checked.isValid && Object.keys(checked.definition.steps[0] ?? {})).toEqual(["id", "type", "seconds"]);
    expect(
      issuesOf({ steps: [wait({ when: "event.data.total > 1", match: { order: "{{ input.order }}" } })] }),
    ).toEqual([]);
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
    ["a wait for two things", { steps: [wait({ seconds: 1 })] }, "must say one of seconds, until and event"],
    [
      "a wait for a time with a condition",
      { steps: [{ id: "w", type: "wait", seconds: 1, when: "true" }] },
      "steps.0.when: can be said of a wait for an event only",
    ],
    [
      "a wait for the product's own event",
      { steps: [wait({ event: "run.finished" })] },
      "steps.0.event: must not begin",
    ],
    ["a wait for no event's name", { steps: [wait({ event: "paid" })] }, "steps.0.event: must be words"],
    ["a wait of more than 30 days", { steps: [wait({ timeout_seconds: 2_592_001 })] }, "must be at most 30 days"],
    ["a wait under broken CEL", { steps: [wait({ when: "event.data ==" })] }, "steps.0.when: is not valid CEL"],
    [
      "a wait that compares with what is not declared",
      { steps: [wait({ match: { order: "{{ input.nope }}" } })] },
      "steps.0.match.order: {{ input.nope }} reads an input",
    ],
    [
      "a wait that compares with a secret",
      { steps: [wait({ match: { key: "{{ secrets.API_KEY }}" } })] },
      "steps.0.match.key: a secret may stand",
    ],
    [
      "a wait that compares too much",
      { steps: [wait({ match: { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 } })] },
      "steps.0.match: may name 5 fields at most",
    ],
    ["an approval of nobody", { steps: [approval({ stages: [] })] }, "steps.0.stages: needs at least one stage"],
    [
      "an approval by those who only read",
      { steps: [approval({ stages: [{ ...STAGE, role: "read_only" }] })] },
      "steps.0.stages.0.role",
    ],
    [
      "an approval that reads a step which comes later",
      { steps: [approval({ title: "{{ steps.b.output }}?", next: "b" }), http("b")] },
      "steps.0.title: {{ steps.b.output }} reads a step that need not have run before a",
    ],
    [
      "details of an input that is not declared",
      { steps: [approval({ details: "{{ input.nope }}" })] },
      "steps.0.details: {{ input.nope }} reads an input that the workflow does not declare",
    ],
    [
      "a start that six must approve",
      { approval_to_start: { stages: [{ ...STAGE, quorum: 6 }] } },
      "approval_to_start.stages.0.quorum",
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

  it("accepts approvals of a step and of the start, and leaves a definition without them as it was", () => {
    const stages = [STAGE, { ...STAGE, role: "tenant_admin", quorum: 5, expires_hours: 720 }];
    expect(issuesOf({ steps: [approval({ stages })], approval_to_start: { stages } })).toEqual([]);
    const plain = checkDefinition(twoStepDefinition());
    expect(plain.isValid && Object.keys(plain.definition)).not.toContain("approval_to_start");
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

  const compute = (id: string, expression = "1", over: Record<string, unknown> = {}) => ({
    ...{ id, type: "transform", expression },
    ...over,
  });
  const fork = (over: Record<string, unknown> = {}) => ({
    ...{ id: "fork", type: "parallel", branches: ["left", "right"] },
    ...over,
  });
  const each = (over: Record<string, unknown> = {}) => ({
    ...{ id: "each", type: "for-each", items: "input.order", body: "work" },
    ...over,
  });
  const reading = (id: string, path: string) => http(id, { request: { url: `https://a.test/{{ ${path} }}` } });

  it.each<[string, Record<string, unknown>[]]>([
    [
      "a step of each branch after a parallel",
      [fork({ next: "end" }), compute("left"), compute("right"), reading("end", "steps.left.output")],
    ],
    [
      "the parallel's own output",
      [fork({ next: "end" }), compute("left"), compute("right"), reading("end", "steps.fork.output.left")],
    ],
    [
      "what came before, within a branch",
      [compute("a", "1", { next: "fork" }), fork(), reading("left", "steps.a.output"), compute("right")],
    ],
    [
      "item and index in a for-each, however deep",
      [each({ body: "fork" }), fork(), reading("left", "item.id"), reading("right", "index")],
    ],
    ["the list that a for-each gave", [each({ next: "end" }), compute("work"), reading("end", "steps.each.output.0")]],
  ])("lets a step read %s", (_what, steps) => {
    expect(issuesOf({ steps })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>[], string]>([
    [
      "a step of another branch",
      [fork(), compute("left"), reading("right", "steps.left.output")],
      "need not have run before right",
    ],
    [
      "a step that one branch may pass by",
      [
        fork({ next: "end" }),
        { id: "left", type: "branch", cases: [{ when: "true", next: "deep" }] },
        compute("right"),
        compute("deep"),
        reading("end", "steps.deep.output"),
      ],
      "need not have run before end",
    ],
    [
      "a step of a for-each after it",
      [each({ next: "end" }), compute("work"), reading("end", "steps.work.output")],
      "need not have run before end",
    ],
    [
      "the parallel that it is within",
      [fork(), reading("left", "steps.fork.output"), compute("right")],
      "need not have run before left",
    ],
    [
      "an item where there is none",
      [each({ next: "end" }), compute("work"), reading("end", "item.id")],
      "{{ item.id }} stands outside of a for-each",
    ],
  ])("refuses to read %s", (_what, steps, expected) => {
    expect(issuesOf({ steps }).join("\n")).toContain(expected);
  });

  it.each<[string, Record<string, unknown>[], string]>([
    [
      "two branches that share a step",
      [fork(), compute("left", "1", { next: "end" }), compute("right", "1", { next: "end" }), compute("end")],
      "the step end is reached within fork and within fork",
    ],
    [
      "two branches that begin with one step",
      [fork({ branches: ["left", "left"] }), compute("left")],
      "the step left is reached within fork",
    ],
    [
      "a branch that leads to what follows the parallel",
      [fork({ next: "end" }), compute("left", "1", { next: "end" }), compute("right"), compute("end")],
      "the step end is reached",
    ],
    [
      "a branch that leads back",
      [compute("a", "1", { next: "fork" }), fork(), compute("left", "1", { next: "a" }), compute("right")],
      "form a cycle",
    ],
    [
      "a for-each within another",
      [each({ body: "inner" }), { ...each({ body: "work" }), id: "inner" }, compute("work")],
      "the step inner is a for-each within another",
    ],
    ["a body that is not there", [each({ body: "nope" })], "steps.0.body: there is no step nope"],
    [
      "a branch that is not there",
      [fork({ branches: ["left", "nope"] }), compute("left")],
      "steps.0.branches.1: there is no step nope",
    ],
    ["items that are no JSONata", [each({ items: "input.(" }), compute("work")], "steps.0.items: is not valid JSONata"],
    ["a single branch", [fork({ branches: ["left"] }), compute("left")], "needs at least two branches"],
    ["more items at once than there may be", [each({ at_once: 51 }), compute("work")], "steps.0.at_once"],
    [
      "a secret in what a for-each goes over",
      [each({ items: "secrets.API_KEY" }), compute("work")],
      "an expression cannot read one",
    ],
    [
      "a wait of both kinds",
      [{ id: "w", type: "wait", seconds: 1, until: "{{ input.order }}" }],
      "must say one of seconds, until and event",
    ],
    ["a wait of neither", [{ id: "w", type: "wait" }], "must say one of seconds, until and event"],
    [
      "a wait until what is not declared",
      [{ id: "w", type: "wait", until: "{{ input.nope }}" }],
      "steps.0.until: {{ input.nope }} reads an input",
    ],
  ])("refuses %s", (_what, steps, expected) => {
    expect(issuesOf({ steps }).join("\n")).toContain(expected);
  });

  it("checks parallels within each other as deep as a definition can hold them", () => {
    const deep = Array.from({ length: 333 }, (_, at) => [
      fork({ id: `f${at}`, branches: [`l${at}`, at < 332 ? `f${at + 1}` : `r${at}`] }),
      compute(`l${at}`),
    ]).flat();
    expect(issuesOf({ steps: [...deep, compute("r332")] })).toEqual([]);
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
