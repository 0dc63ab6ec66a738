import { expect, it } from "vitest";
import { readRunParams } from "../search-params";
import { runHref, stepPage } from "./step-pages";

it.each([
  [0, 1, { page: 1, pages: 1, from: 0, to: 0 }],
  [100, 1, { page: 1, pages: 1, from: 0, to: 100 }],
  [101, 2, { page: 2, pages: 2, from: 100, to: 101 }],
  [1_000, 99, { page: 10, pages: 10, from: 900, to: 1_000 }],
])("%i steps, page %i", (count, asked, shown) => {
  expect(stepPage(count, asked)).toEqual(shown);
});

it("carries the view and the page, and leaves out what is as always", () => {
  expect(runHref("/r", "timeline")).toBe("/r");
  expect(runHref("/r", "waterfall", 3)).toBe("/r?view=waterfall&page=3");
  expect(readRunParams({ view: "waterfall", page: "3" })).toEqual({ view: "waterfall", page: 3 });
});

it.each([{}, { view: "spiral", page: "0" }, { view: ["a"], page: "-1" }, { page: "1e309" }, { page: "1.5" }])(
  "shows the first page of the timeline for %j",
  (params) => {
    expect(readRunParams(params)).toEqual({ view: "timeline", page: 1 });
  },
);
