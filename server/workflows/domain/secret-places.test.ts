import { describe, expect, it } from "vitest";
import { twoStepDefinition } from "@/server/testing/definitions";
import { checkDefinition } from "./check-definition";
import { secretsOf } from "./secret-places";

const check = (over: Record<string, unknown>) => checkDefinition(twoStepDefinition(over));
const issuesOf = (over: Record<string, unknown>) => {
  const checked = check(over);
  return checked.isValid ? [] : checked.issues.map(({ path, message }) => `${path}: ${message}`);
};
const http = (request: Record<string, unknown>) => ({
  steps: [{ id: "a", type: "http", request: { url: "https://a.example.test/", ...request } }],
});
const K = "{{ secrets.API_KEY }}";

const APPROVAL = {
  ...{ id: "a", type: "approval", title: "Go on?" },
  stages: [{ role: "operator", quorum: 1, expires_hours: 1 }],
};

describe("a secret in a definition", () => {
  it("may stand in headers, body and query of an http step, and is known by its name", () => {
    const checked = check(
      http({
        url: "https://a.example.test/{{ input.order }}?key={{secrets.QUERY_KEY}}&o={{ input.order }}#top",
        headers: { authorization: `Bearer ${K}`, "x-other": "{{ secrets.OTHER_1 }}" },
        body: { deep: [{ key: K }], text: "{{ secrets.BODY_KEY }}!" },
      }),
    );
    expect(checked).toMatchObject({ isValid: true });
    if (checked.isValid) expect(secretsOf(checked.definition)).toEqual(["QUERY_KEY", "API_KEY", "OTHER_1", "BODY_KEY"]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["the path of a URL", http({ url: `https://a.example.test/${K}?a=1` }), "steps.0.request.url: a secret in a URL"],
    [
      "the fragment of a URL",
      http({ url: `https://a.example.test/?a#${K}` }),
      "steps.0.request.url: a secret in a URL",
    ],
    [
      "a path before a fragment",
      http({ url: `https://a.example.test/#?${K}` }),
      "steps.0.request.url: a secret in a URL",
    ],
    ["a key of a body", http({ body: { a: [{ [K]: 1 }] } }), `steps.0.request.body.a.0.${K}: a secret may stand`],
    ["the name of a workflow", { name: K }, "name: a secret may stand"],
    ["a description", { description: `see ${K}` }, "description: a secret may stand"],
    [
      "what an input is for",
      { input: { order: { type: "string", description: K } } },
      "input.order.description: a secret may stand",
    ],
    [
      "the name of a step",
      { steps: [{ id: "a", name: K, type: "wait", seconds: 1 }] },
      "steps.0.name: a secret may stand",
    ],
    [
      "a mail",
      { steps: [{ id: "a", type: "notify", to: "a@b.test", subject: "s", text: `the key is ${K}` }] },
      "steps.0.text: a secret may stand",
    ],
    ["what an approval asks", { steps: [{ ...APPROVAL, title: K }] }, "steps.0.title: a secret may stand"],
    [
      "the details of an approval",
      { steps: [{ ...APPROVAL, details: `with ${K}` }] },
      "steps.0.details: a secret may stand",
    ],
    [
      "the subject of a mail",
      { steps: [{ id: "a", type: "notify", to: "a@b.test", subject: K, text: "t" }] },
      "steps.0.subject: a secret may stand",
    ],
    [
      "an expression",
      { steps: [{ id: "a", type: "transform", expression: "{ 'k': secrets.API_KEY }" }] },
      "steps.0.expression: a secret may stand",
    ],
    [
      "a condition",
      {
        steps: [
          { id: "a", type: "branch", cases: [{ when: 'secrets["API_KEY"] == "x"', next: "b" }] },
          { id: "b", type: "wait", seconds: 1 },
        ],
      },
      "steps.0.cases.0.when: a secret may stand",
    ],
    [
      "no name",
      http({ headers: { "x-a": "{{ secrets }}" } }),
      "steps.0.request.headers.x-a: {{ secrets }} names no secret",
    ],
    [
      "a name in small letters",
      http({ body: "{{ secrets.key }}" }),
      "steps.0.request.body: {{ secrets.key }} names no secret",
    ],
    [
      "a path below a name",
      http({ body: "{{ secrets.KEY.x }}" }),
      "steps.0.request.body: {{ secrets.KEY.x }} names no secret",
    ],
  ])("is refused in %s, with the path", (_where, over, issue) => {
    expect(issuesOf(over)).toEqual(expect.arrayContaining([expect.stringContaining(issue) as string]));
    expect(issuesOf(over)).toHaveLength(1);
  });

  it("is not what a field of that name is", () => {
    expect(
      issuesOf({
        steps: [{ id: "a", type: "transform", expression: "input.secrets.A & $x.secrets.B & 'my secrets'" }],
      }),
    ).toEqual([]);
  });
});
