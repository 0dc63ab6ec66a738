import { describe, expect, it } from "vitest";
import { asked, readNumber, readReceiptsParams, receiptsHref } from "./search-params";

describe("the address of the receipts page", () => {
  it("names a place in the chain and every filter, and reads them back", () => {
    const filters = {
      ...{ action: "run.start" as const, actor: "job:execute-run", person: "Ada", subject: "run:run_1", thing: "a&b" },
      ...{ from: "2026-11-01", to: "2026-11-30" },
    };
    const href = receiptsHref("acme", filters, 41);
    const read = Object.fromEntries(new URL(href, "http://x").searchParams);
    expect(readReceiptsParams(read)).toEqual({ before: 41, filters });
  });

  it.each([
    ...[{ before: "-1" }, { before: "x" }, { subject: "no subject" }, { subject: ["a:b", "c:d"] }, {}],
    ...[{ action: "planet.move" }, { actor: "a b" }, { person: " " }, { from: "yesterday" }, { to: "2026-02-30" }],
    ...[{ from: "0000-01-01" }, { from: "" }, { thing: "x".repeat(121) }],
  ])("shows the newest of all for %j", (params) => {
    const { before, filters } = readReceiptsParams(params);
    expect(before).toBeUndefined();
    expect(receiptsHref("acme", filters)).toBe("/t/acme/receipts");
  });

  it("means whole days in the reader's zone, the last one included", () => {
    const { filters } = readReceiptsParams({ from: "2026-11-01", to: "2026-11-01" });
    expect(asked(filters, "Europe/Berlin")).toMatchObject({
      from: "2026-10-31T23:00:00.000Z",
      to: "2026-11-01T23:00:00.000Z",
    });
  });
});

describe("the address of one receipt", () => {
  it.each([
    ["1", 1],
    ["74", 74],
    ["0", null],
    ["-1", null],
    ["1e1", null],
    ["7.5", null],
    ["999999999999999999999", null],
    ["rcp_1", null],
  ])("%s is number %s", (text, number) => {
    expect(readNumber(text)).toBe(number);
  });
});
