import { describe, expect, it } from "vitest";
import { reconcile } from "./reconcile";

const told = { kind: "sbom" as const, subject: "r1", digest: "a", collectedAt: new Date(0) };
const pair = (item: object | null, receipt: object | null) => ({
  ...{ id: "evd_1", item: item === null ? null : { ...told, ...item } },
  receipt: receipt === null ? null : { ...told, ...receipt },
});

describe("evidence beside the receipts of its collection", () => {
  it("is an item where both say the same", () => {
    expect(reconcile([pair({}, {})])).toEqual({ items: [told], faults: [] });
    expect(reconcile([])).toEqual({ items: [], faults: [] });
  });

  it.each([
    ["a row without a receipt", [pair({}, null)], /no receipt/],
    ["a receipt whose row is gone", [pair(null, {})], /is gone/],
    ["another digest", [pair({ digest: "b" }, {})], /another digest/],
    ["another kind", [pair({ kind: "provenance" }, {})], /another kind/],
    ["another subject", [pair({ subject: "r2" }, {})], /something else/],
    ["another time", [pair({ collectedAt: new Date(1) }, {})], /another time/],
    ["two receipts", [pair({}, {}), pair({}, {})], /more than one receipt/],
  ])("is no item with %s, and named", (_, pairs, why) => {
    const { items, faults } = reconcile(pairs);
    expect(items).toEqual([]);
    expect(faults).toMatchObject([{ kind: "sbom" }]);
    expect(faults[0]?.why).toMatch(why);
    expect(faults[0]?.why).toContain("evd_1");
  });
});
