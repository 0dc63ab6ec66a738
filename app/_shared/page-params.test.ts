import { describe, expect, it } from "vitest";
import { cursorParam, hrefOf, pageLinks, textParam } from "./page-params";

describe("an address", () => {
  it("leaves out what has no value, and escapes the rest", () => {
    expect(hrefOf("/t/acme/runs", { status: undefined, text: "a&b=c", before: 7 })).toBe(
      "/t/acme/runs?text=a%26b%3Dc&before=7",
    );
    expect(hrefOf("/t/acme/runs", { status: undefined })).toBe("/t/acme/runs");
  });

  it.each([
    [cursorParam, "x".repeat(201)],
    [textParam, "  "],
    [textParam, ["a", "b"]],
  ])("is read without what makes no sense", (param, value) => {
    expect(param.parse(value)).toBeUndefined();
  });
});

describe("the ways on from a page", () => {
  const hrefAt = (place: string | undefined) => place ?? "first";
  it.each([
    [undefined, null, { nextHref: null, firstHref: null }],
    [undefined, "b", { nextHref: "b", firstHref: null }],
    ["b", "c", { nextHref: "c", firstHref: "first" }],
    ["c", null, { nextHref: null, firstHref: "first" }],
  ])("are, at %s before %s, %j", (place, next, links) => {
    expect(pageLinks(place, next, hrefAt)).toEqual(links);
  });
});
