import { describe, expect, it } from "vitest";
import { renderJson, renderText, renderUrl, TemplateError, templatePaths, type TemplateScope } from "./template";

const scope: TemplateScope = {
  input: { name: "Ada", big: "x".repeat(1_000) },
  steps: { fetch: { output: { status: 200, items: [{ id: 7 }] } } },
};

describe("renderUrl", () => {
  const of = (id: string) => ({ ...scope, input: { id } });

  it("keeps each value within its part of the address", () => {
    expect(renderUrl("https://a.test/users/{{ input.id }}/x?q={{ input.id }}", of("a/../b?c"))).toBe(
      "https://a.test/users/a%2F..%2Fb%3Fc/x?q=a%2F..%2Fb%3Fc",
    );
    expect(renderUrl("https://a.test/v{{ input.id }}?q={{ input.id }}", of(".."))).toBe("https://a.test/v..?q=..");
  });

  it.each(["", ".", ".."])("refuses a value %j that would take its part of the path away", (id) => {
    for (const url of [
      "https://a.test/users/{{ input.id }}/x",
      "https://a.test/{{input.id}}",
      "https://{{input.id}}/x",
    ])
      expect(() => renderUrl(url, of(id))).toThrow(TemplateError);
  });
});

describe("renderText", () => {
  it("fills in texts as they are and other values as JSON", () => {
    expect(renderText("Hello {{ input.name }}: {{steps.fetch.output.items}}", scope)).toBe('Hello Ada: [{"id":7}]');
  });

  it("reads list items by index", () => {
    expect(renderText("{{ steps.fetch.output.items.0.id }}", scope)).toBe("7");
  });

  it.each(["input.missing", "steps.fetch.constructor", "input.__proto__", "input.name.length.constructor"])(
    "finds nothing at %s",
    (path) => {
      expect(() => renderText(`{{ ${path} }}`, scope)).toThrow(TemplateError);
    },
  );

  it("stops before a text grows past its cap", () => {
    expect(() => renderText("{{ input.big }}".repeat(1_100), scope)).toThrow(/grows past/);
  });

  it("does not fill in what a value brings along", () => {
    expect(renderText("{{ input.name }}", { ...scope, input: { name: "{{ input.big }}" } })).toBe("{{ input.big }}");
  });
});

describe("renderJson", () => {
  it("turns a text that is one place into the value itself", () => {
    expect(renderJson({ a: "{{ steps.fetch.output }}", b: ["{{ input.name }}!"] }, scope)).toEqual({
      a: { status: 200, items: [{ id: 7 }] },
      b: ["Ada!"],
    });
  });
});

describe("templatePaths", () => {
  it("tells paths from what is none", () => {
    expect(templatePaths("{{ input.a }} {{ 1 + 1 }} {{ process.env }}")).toEqual({
      paths: ["input.a"],
      faults: [
        { place: "1 + 1", reason: "not-a-path" },
        { place: "process.env", reason: "unknown-root" },
      ],
    });
  });
});
