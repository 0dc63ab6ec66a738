import { describe, expect, it } from "vitest";
import { CATALOGUE, catalogueHash } from "@/policies/entitlements/catalogue";
import { applyCatalogue, compareCatalogue } from "./index";
import { useShop } from "./testing/shop";

const shop = useShop();
const sandbox = { isSandbox: true, signatures: [] };
const compare = () => compareCatalogue(shop.stripe, CATALOGUE);

describe("the catalogue at the seller", () => {
  it("is all there once it was applied, and a second time changes nothing", async () => {
    expect(await compare()).toEqual([]);
    expect(await applyCatalogue(shop.stripe, CATALOGUE, sandbox)).toEqual([]);
  });

  it("finds a renamed product, an archived price and a portal that allows more, and puts them right", async () => {
    const [price] = (await shop.stripe.prices.list({ lookup_keys: ["conductor_pro_base_v1"] })).data;
    await shop.stripe.products.update("conductor_pro", { name: "Something else" });
    await shop.stripe.prices.update(price?.id ?? "", { active: false });
    const [portal] = (await shop.stripe.billingPortal.configurations.list()).data;
    await shop.stripe.billingPortal.configurations.update(portal?.id ?? "", {
      features: { subscription_cancel: { enabled: true, mode: "immediately" } },
    });
    const found = await compare();
    expect(found.map(({ kind, object, remedy }) => [kind, object, remedy])).toEqual([
      ["product", "conductor_pro", "update"],
      ["price", "conductor_pro_base_v1", "update"],
      ["portal", "customer portal", "update"],
    ]);
    await applyCatalogue(shop.stripe, CATALOGUE, sandbox);
    expect(await compare()).toEqual([]);
  });

  it("refuses to change a price that people have bought at, and names it", async () => {
    const [price] = (await shop.stripe.prices.list({ lookup_keys: ["conductor_pro_seat_v1"] })).data;
    await shop.stripe.prices.create({
      ...{ product: "conductor_pro_seat", currency: "usd", unit_amount: 1, recurring: { interval: "month" } },
      ...{ lookup_key: "conductor_pro_seat_v1", transfer_lookup_key: true },
      metadata: { conductor_price: "conductor_pro_seat_v1" },
    });
    const [difference] = await compare();
    expect(difference).toMatchObject({ remedy: "refuse", object: "conductor_pro_seat_v1" });
    expect(difference?.detail).toContain("1 cents, not 2900 cents");
    await expect(applyCatalogue(shop.stripe, CATALOGUE, sandbox)).rejects.toMatchObject({ code: "PreconditionFailed" });
    await shop.stripe.prices.update(price?.id ?? "", {
      lookup_key: "conductor_pro_seat_v1",
      transfer_lookup_key: true,
    });
    expect(await compare()).toEqual([]);
  });

  it("is not sold before two people signed its content, nor once that has changed", async () => {
    const contentHash = catalogueHash(CATALOGUE);
    const signed = (title: "founder" | "go-to-market", signedBy: string) => ({
      version: 1,
      contentHash,
      title,
      signedBy,
    });
    const both = [signed("founder", "user:a"), signed("go-to-market", "user:b")];
    const apply = (signatures: typeof both, catalogue = CATALOGUE) =>
      applyCatalogue(shop.stripe, catalogue, { isSandbox: false, signatures });
    const draft = (missing: string[]) => ({ code: "PreconditionFailed", details: { missing } });
    await expect(apply([])).rejects.toMatchObject(draft(["founder", "go-to-market"]));
    await expect(apply(both.slice(0, 1))).rejects.toMatchObject(draft(["go-to-market"]));
    await expect(apply(both)).resolves.toEqual([]);
    const changed = { ...CATALOGUE, complianceRetentionMonths: 12 };
    await expect(apply(both, changed)).rejects.toMatchObject(draft(["founder", "go-to-market"]));
  });
});
