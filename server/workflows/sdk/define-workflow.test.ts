import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { readDraft } from "@/app/t/[tenant]/workflows/_components/editor/read-draft";
import { checkDefinition } from "../domain/check-definition";
import { definitionSchema } from "../domain/definition";
import { word } from "../domain/step-parts";
import { defineWorkflow, inputs, ref, secret } from "./index";

const attributes = {
  environment: "dev",
  region: "eu",
  risk_profile: "low",
  business_unit: "general",
  data_sensitivity: "internal",
} as const;
const request = { url: "https://orders.example.test/" };

const input = inputs({ order: { type: "string" }, lines: { type: "json", required: false } });
const workflow = defineWorkflow({
  name: "Sync orders",
  attributes,
  input,
  steps: [
    {
      id: "fetch",
      type: "http",
      request: { url: `https://orders.example.test/${input("order")}`, headers: { "X-Key": secret("API_KEY") } },
      next: "decide",
    },
    {
      id: "decide",
      type: "branch",
      cases: [{ when: "steps.fetch.output.status == 200", next: "both" }],
      otherwise: "tell",
    },
    { id: "both", type: "parallel", branches: ["each", "pause"], next: "keep" },
    { id: "each", type: "for-each", items: "steps.fetch.output.body.lines", body: "push" },
    {
      id: "push",
      type: "http",
      request: { method: "POST", ...request, body: { line: ref.item("id"), place: ref.index() } },
    },
    { id: "pause", type: "wait", seconds: 60, next: "paid" },
    { id: "paid", type: "wait", event: "order.paid", match: { order: input("order") }, on_timeout: "continue" },
    { id: "keep", type: "evidence", file: "order.json", content: { order: ref.step("fetch", "body", "lines", 0) } },
    { id: "tell", type: "notify", channel: "slack", webhook: "SLACK_HOOK", text: `No ${input("order")}` },
  ],
});

describe("defineWorkflow", () => {
  it("gives the definition that the product's own check accepts, as plain JSON", () => {
    expect(checkDefinition(workflow)).toMatchObject({ isValid: true });
    expect(JSON.parse(JSON.stringify(workflow))).toEqual(workflow);
    expect(workflow.input).toEqual(input.fields);
  });

  it("takes declarations as they are, or none", () => {
    const steps = [{ id: "a", type: "http" as const, request }];
    expect(defineWorkflow({ name: "A", attributes, steps })).toEqual({ name: "A", attributes, steps });
    const declared = defineWorkflow({ name: "A", attributes, input: { order: { type: "string" } }, steps });
    expect(declared.input).toEqual({ order: { type: "string" } });
  });

  it("gives what the editor's JSON view takes from the clipboard", () => {
    const pasted: unknown = JSON.parse(JSON.stringify(workflow));
    expect(readDraft(pasted)).toEqual(workflow);
  });

  it("infers the ids of its steps", () => {
    type Ids = "fetch" | "decide" | "both" | "each" | "push" | "pause" | "paid" | "keep" | "tell";
    expectTypeOf<(typeof workflow.steps)[number]["id"]>().toEqualTypeOf<Ids>();
  });

  // A field of steps that is new here may name a step: `Linked` must then know it.
  it("knows every field of a step that names another one", () => {
    const { pattern } = z.toJSONSchema(word);
    const named = new Set<string>();
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== "object" || value === null) return;
      if ("pattern" in value && value.pattern === pattern) named.add(path);
      for (const [key, part] of Object.entries(value))
        walk(part, /^(\d+|oneOf|items|properties)$/.test(key) ? path : `${path}.${key}`);
    };
    walk(z.toJSONSchema(definitionSchema.shape.steps, { io: "input" }), "");
    // What a called workflow takes is named by words too, which are no steps.
    named.delete(".input.propertyNames");
    expect([...named].sort()).toEqual([".body", ".branches", ".cases.next", ".id", ".next", ".otherwise"]);
  });

  // `tsc` fails here as soon as one of these is accepted; the check of the product refuses each of them as well.
  it.each([
    [
      defineWorkflow({
        name: "A",
        attributes,
        // @ts-expect-error -- there is no step nowhere
        steps: [{ id: "a", type: "http", request, next: "nowhere" }],
      }),
    ],
    [
      defineWorkflow({
        name: "A",
        attributes,
        steps: [
          // @ts-expect-error -- nor is there in a case
          { id: "a", type: "branch", cases: [{ when: "true", next: "nowhere" }] },
          { id: "b", type: "wait", seconds: 1 },
        ],
      }),
    ],
    [
      defineWorkflow({
        name: "A",
        attributes,
        steps: [
          // @ts-expect-error -- nor otherwise
          { id: "a", type: "branch", cases: [{ when: "true", next: "b" }], otherwise: "nowhere" },
          { id: "b", type: "wait", seconds: 1 },
        ],
      }),
    ],
    [
      defineWorkflow({
        name: "A",
        attributes,
        steps: [
          // @ts-expect-error -- nor among branches
          { id: "a", type: "parallel", branches: ["b", "nowhere"] },
          { id: "b", type: "wait", seconds: 1 },
        ],
      }),
    ],
    [
      defineWorkflow({
        name: "A",
        attributes,
        steps: [
          // @ts-expect-error -- nor in a for-each
          { id: "a", type: "for-each", items: "[1]", body: "nowhere" },
          { id: "b", type: "wait", seconds: 1 },
        ],
      }),
    ],
    [
      defineWorkflow({
        name: "A",
        attributes,
        // @ts-expect-error -- a wait calls nobody
        steps: [{ id: "a", type: "wait", seconds: 1, request }],
      }),
    ],
    [
      defineWorkflow({
        name: "A",
        attributes,
        // @ts-expect-error -- there is no such type
        steps: [{ id: "a", type: "teleport", request }],
      }),
    ],
    [
      defineWorkflow({
        name: "A",
        // @ts-expect-error -- there is no such environment
        attributes: { ...attributes, environment: "qa" },
        steps: [{ id: "a", type: "http", request }],
      }),
    ],
    [
      defineWorkflow({
        name: "A",
        attributes,
        // @ts-expect-error -- an input is of one of four types
        input: { order: { type: "date" } },
        steps: [{ id: "a", type: "http", request }],
      }),
    ],
  ])("refuses at compile time what the check refuses", (faulty) => {
    expect(checkDefinition(faulty).isValid).toBe(false);
  });
});

describe("references", () => {
  it.each([
    [input("order"), "{{ input.order }}"],
    [input("lines", 0, "sku"), "{{ input.lines.0.sku }}"],
    [ref.input("order"), "{{ input.order }}"],
    [ref.step("fetch"), "{{ steps.fetch.output }}"],
    [ref.step("fetch", "headers", "content-type"), "{{ steps.fetch.output.headers.content-type }}"],
    [ref.item(), "{{ item }}"],
    [ref.index(), "{{ index }}"],
    [secret("API_KEY"), "{{ secrets.API_KEY }}"],
  ])("writes %s", (written, expected) => {
    expect(written).toBe(expected);
  });

  it("refuses an input that is not declared, and parts of one that has none", () => {
    expectTypeOf(input).parameter(0).toEqualTypeOf<"order" | "lines">();
    // @ts-expect-error -- not declared
    expect(input("nothing")).toBe("{{ input.nothing }}");
    // @ts-expect-error -- a text has no parts
    expect(input("order", "id")).toBe("{{ input.order.id }}");
    // @ts-expect-error -- a secret's name is in capitals
    expect(secret("api_key")).toBe("{{ secrets.api_key }}");
  });

  it.each(["order id", "a.b", "", "}}"])("throws for the key %j, which no path can hold", (key) => {
    expect(() => ref.step("fetch", "body", key)).toThrow(/cannot stand in a template's path/);
  });
});
