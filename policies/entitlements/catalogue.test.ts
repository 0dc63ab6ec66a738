import { describe, expect, it } from "vitest";
import { boughtBy, CATALOGUE, CATALOGUES, catalogueHash, skuNamed } from "./catalogue";
import { catalogueSchema, type Tier } from "./schema";

const subscriptions = CATALOGUE.skus.flatMap(({ id, limits, price }) =>
  price.kind === "subscription" ? [{ id, limits, price }] : [],
);

describe("the catalogue", () => {
  it("keeps to its schema, in every version, and no version has another's number", () => {
    for (const catalogue of CATALOGUES) expect(catalogueSchema.parse(catalogue)).toEqual(catalogue);
    expect(new Set(CATALOGUES.map(({ version }) => version)).size).toBe(CATALOGUES.length);
    expect(CATALOGUES[0]).toBe(CATALOGUE);
  });

  it("has one hash for the same content, and another for one cent more", () => {
    const hash = catalogueHash(CATALOGUE);
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(catalogueHash(structuredClone(CATALOGUE))).toBe(hash);
    expect(catalogueHash({ ...CATALOGUE, skus: [...CATALOGUE.skus].reverse() })).not.toBe(hash);
    const dearer = structuredClone(CATALOGUE);
    const price = dearer.skus.find(({ id }) => id === "pro")?.price;
    if (price?.kind !== "subscription") throw new Error("Pro is no subscription");
    price.base.cents += 1;
    expect(catalogueHash(dearer)).not.toBe(hash);
  });

  it("says what each price at Stripe stands for, and knows no other", () => {
    const keys = subscriptions.flatMap(({ price }) =>
      [price.base, price.seat, price.usage, price.addOns.incident, price.addOns.compliance].flatMap(
        (each) => each?.lookupKey ?? [],
      ),
    );
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(boughtBy(key)).toMatchObject({ catalogue: 1 });
    expect(boughtBy("conductor_pro_seat_v1")).toEqual({ catalogue: 1, sku: "pro", what: "seat" });
    expect(boughtBy("conductor_pro_seat_v9")).toBeNull();
    expect(boughtBy("constructor")).toBeNull();
    for (const key of keys) expect(key).toMatch(new RegExp(`_v${CATALOGUE.version}$`));
  });

  it.each(subscriptions)(
    "prices $id in tiers that are sorted and closed, the included use first",
    ({ limits, price }) => {
      const ends = price.usage.tiers.map(({ upToWu }) => upToWu ?? Infinity);
      expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
      expect(ends.at(-1)).toBe(Infinity);
      expect(price.usage.tiers[0]).toEqual({ upToWu: limits.wuIncluded, centsPerWu: "0" } satisfies Tier);
      const rates = price.usage.tiers.slice(1).map(({ centsPerWu }) => Number(centsPerWu));
      expect(rates).toEqual([...rates].sort((a, b) => b - a));
    },
  );

  it("never lets a bill rise by the upgrade at Standard's cap: it is Pro's base to the cent", () => {
    const { price, limits } = skuNamed("standard");
    const pro = skuNamed("pro").price;
    if (price.kind !== "subscription" || pro.kind !== "subscription") throw new Error("not sold by the month");
    const beyond = (limits.wuCap ?? 0) - (limits.wuIncluded ?? 0);
    expect(price.base.cents + beyond * Number(price.usage.tiers[1]?.centsPerWu)).toBe(pro.base.cents);
  });
});
