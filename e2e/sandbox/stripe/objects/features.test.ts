import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";

const test = useTestSandbox();

/** A shop whose first product has a feature. */
async function featured() {
  const made = await openShop(test);
  const { stripe, pro } = made;
  const feature = await stripe.entitlements.features.create({ name: "Audit", lookup_key: "audit" });
  const product = typeof pro.product === "string" ? pro.product : pro.product.id;
  const attached = await stripe.products.createFeature(product, { entitlement_feature: feature.id });
  const keys = async () => {
    const { data } = await stripe.entitlements.activeEntitlements.list({ customer: made.customer });
    return data.map(({ lookup_key }) => lookup_key);
  };
  const told = async () => {
    const { data } = await stripe.events.list({ type: "entitlements.active_entitlement_summary.updated" });
    return data.length;
  };
  return { ...made, feature, product, attached, keys, told };
}

describe("a feature", () => {
  it("is a customer's while a subscription to its product is, and each change is told once", async () => {
    const { stripe, begin, keys, told, pass } = await featured();
    expect([await keys(), await told()]).toEqual([[], 0]);
    const { id } = await begin();
    expect([await keys(), await told()]).toEqual([["audit"], 1]);
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    expect([await keys(), await told()]).toEqual([["audit"], 1]);
    await pass(32 * 86_400);
    expect([await keys(), await told()]).toEqual([[], 1]);
  });

  it("is none of a subscription that is incomplete or paused", async () => {
    const { stripe, begin, keys } = await featured();
    await begin({ payment_behavior: "default_incomplete" });
    expect(await keys()).toEqual([]);
    const { id } = await begin();
    await stripe.subscriptions.pause(id);
    expect(await keys()).toEqual([]);
  });

  it("goes with its product's, and is found by its key", async () => {
    const { stripe, begin, keys, feature, product, attached, customer } = await featured();
    await begin();
    const [entitlement] = (await stripe.entitlements.activeEntitlements.list({ customer })).data;
    const again = await stripe.entitlements.activeEntitlements.retrieve(entitlement?.id ?? "");
    expect(again).toMatchObject({ feature: feature.id });
    expect((await stripe.entitlements.features.list({ lookup_key: "audit" })).data).toHaveLength(1);
    expect((await stripe.products.listFeatures(product)).data).toMatchObject([{ id: attached.id }]);
    expect((await stripe.products.retrieveFeature(product, attached.id)).entitlement_feature.id).toBe(feature.id);
    await stripe.products.deleteFeature(product, attached.id);
    expect(await keys()).toEqual([]);
  });

  it("has a key of its own, is attached once, and once inactive stays so", async () => {
    const { stripe, feature, product } = await featured();
    const same = stripe.entitlements.features.create({ name: "B", lookup_key: "audit" });
    expect(await refusalOf(same)).toMatchObject({ param: "lookup_key" });
    const long = stripe.entitlements.features.create({ name: "B", lookup_key: "k".repeat(81) });
    expect(await refusalOf(long)).toMatchObject({ param: "lookup_key" });
    const twice = stripe.products.createFeature(product, { entitlement_feature: feature.id });
    expect(await refusalOf(twice)).toMatchObject({ param: "entitlement_feature" });
    await stripe.entitlements.features.update(feature.id, { active: false });
    expect(await refusalOf(stripe.entitlements.features.update(feature.id, { active: true }))).toMatchObject({
      param: "active",
    });
    expect((await stripe.entitlements.features.list()).data).toEqual([]);
  });
});
