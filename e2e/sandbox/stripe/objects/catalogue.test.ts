import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusalOf, startTestSandbox, type TestSandbox } from "../testing/sandbox";
import { idIn } from "../account/reference";

let test: TestSandbox;
let stripe: Stripe;
let product: Stripe.Product;
beforeAll(async () => {
  test = await startTestSandbox();
  stripe = test.stripe;
  product = await stripe.products.create({ name: "Pro", metadata: { sku: "pro" } });
});
afterAll(() => test.sandbox.stop());

const monthly = { currency: "usd", recurring: { interval: "month" as const } };

describe("a customer", () => {
  it("is changed where it is told to, and tells what it was", async () => {
    const { id } = await stripe.customers.create({ name: "A", metadata: { a: "1", b: "2" } });
    const after = await stripe.customers.update(id, { name: "B", metadata: { a: "", c: "3" } });
    expect(after).toMatchObject({ name: "B", metadata: { b: "2", c: "3" } });
    const { data } = await stripe.events.list({ type: "customer.updated", limit: 1 });
    expect(data[0]?.data).toMatchObject({ object: { id, name: "B" }, previous_attributes: { name: "A" } });
  });

  it("records nothing when nothing changes", async () => {
    const { id } = await stripe.customers.create({ name: "Same" });
    await stripe.customers.update(id, { name: "Same" });
    const { data } = await stripe.events.list({ type: "customer.updated", limit: 1 });
    expect(data[0]?.data.object).not.toMatchObject({ id });
  });

  it("that is deleted answers as deleted, and takes no change", async () => {
    const { id } = await stripe.customers.create();
    expect(await stripe.customers.del(id)).toMatchObject({ id, deleted: true });
    expect(await stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true });
    expect(await refusalOf(stripe.customers.update(id, { name: "x" }))).toMatchObject({ code: "resource_missing" });
    expect((await stripe.customers.list({ limit: 100 })).data.map((each) => each.id)).not.toContain(id);
  });

  it.each([
    ["a key that is too long", { ["k".repeat(41)]: "v" }],
    ["a value that is too long", { k: "v".repeat(501) }],
    ["too many keys", Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]))],
  ])("refuses metadata with %s", async (_, metadata) => {
    expect(await refusalOf(stripe.customers.create({ metadata }))).toMatchObject({ statusCode: 400 });
  });
});

describe("pages of a list", () => {
  it("go from the newest on, and back", async () => {
    const own = test.client("sk_test_sandbox_pages");
    const ids: string[] = [];
    for (const name of ["a", "b", "c", "d", "e"]) ids.unshift((await own.customers.create({ name })).id);
    const first = await own.customers.list({ limit: 2 });
    expect(first).toMatchObject({ has_more: true, url: "/v1/customers" });
    const second = await own.customers.list({ limit: 2, starting_after: ids[1] ?? "" });
    const back = await own.customers.list({ limit: 2, ending_before: ids[2] ?? "" });
    expect([first, second, back].map(({ data }) => data.map(({ id }) => id))).toEqual([
      ids.slice(0, 2),
      ids.slice(2, 4),
      ids.slice(0, 2),
    ]);
    expect(back.has_more).toBe(false);
    const all = await own.customers.list({ limit: 2 }).autoPagingToArray({ limit: 10 });
    expect(all.map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ["a limit of 0", { limit: 0 }],
    ["a limit of 101", { limit: 101 }],
    ["an unknown cursor", { starting_after: "cus_none" }],
    ["two cursors", { starting_after: "a", ending_before: "b" }],
  ])("refuse %s", async (_, params) => {
    expect(await refusalOf(stripe.customers.list(params))).toMatchObject({ statusCode: 400 });
  });
});

describe("expand", () => {
  it("puts objects in place of ids, in lists too", async () => {
    const price = await stripe.prices.create({
      ...monthly,
      product: product.id,
      unit_amount: 100,
      expand: ["product"],
    });
    expect(price.product).toMatchObject({ object: "product", name: "Pro" });
    await stripe.products.update(product.id, { default_price: price.id });
    const { data } = await stripe.prices.list({ limit: 1, expand: ["data.product.default_price.product"] });
    expect(data[0]?.product).toMatchObject({ default_price: { product: { id: product.id } } });
  });

  it.each([["name"], ["a.b.c.d.e"], ["nothing"]])("refuses %s", async (path) => {
    expect(await refusalOf(stripe.products.retrieve(product.id, { expand: [path] }))).toMatchObject({
      param: "expand",
    });
  });
});

describe("a price", () => {
  it("writes its amount whole and exact (case 111)", async () => {
    const decimal = Stripe.Decimal.from("0.25");
    const fine = await stripe.prices.create({ ...monthly, product: product.id, unit_amount_decimal: decimal });
    expect([fine.unit_amount, String(fine.unit_amount_decimal)]).toEqual([null, "0.25"]);
    const whole = await stripe.prices.create({ ...monthly, product: product.id, unit_amount: 2900 });
    expect([whole.unit_amount, String(whole.unit_amount_decimal)]).toEqual([2900, "2900"]);
  });

  it("shows its tiers only when asked", async () => {
    const { id, tiers } = await stripe.prices.create({
      ...{ ...monthly, product: product.id, billing_scheme: "tiered", tiers_mode: "graduated" },
      tiers: [
        { up_to: 10, flat_amount: 500 },
        { up_to: "inf", unit_amount: 7 },
      ],
    });
    expect(tiers).toBeUndefined();
    const shown = await stripe.prices.retrieve(id, { expand: ["tiers"] });
    expect(shown.tiers?.map(({ up_to: upTo, unit_amount: unit }) => [upTo, unit])).toEqual([
      [10, null],
      [null, 7],
    ]);
  });

  it("has its lookup key alone, unless another takes it", async () => {
    const params = { ...monthly, product: product.id, unit_amount: 1, lookup_key: "pro_month" };
    const first = await stripe.prices.create(params);
    expect(await refusalOf(stripe.prices.create(params))).toMatchObject({ param: "lookup_key" });
    const second = await stripe.prices.create({ ...params, transfer_lookup_key: true });
    expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
    const { data } = await stripe.prices.list({ lookup_keys: ["pro_month"] });
    expect(data.map(({ id }) => id)).toEqual([second.id]);
  });

  const tiered = { billing_scheme: "tiered" as const, tiers_mode: "volume" as const };
  it.each<[string, Partial<Stripe.PriceCreateParams>]>([
    ["no amount", {}],
    ["two products", { unit_amount: 1, product_data: { name: "x" } }],
    ["an unknown product", { unit_amount: 1, product: "prod_none" }],
    ["a negative amount", { unit_amount: -1 }],
    ["an amount with too many decimals", { unit_amount_decimal: Stripe.Decimal.from("0.0000000000001") }],
    ["tiers without their scheme", { unit_amount: 1, tiers: [{ up_to: "inf", unit_amount: 1 }] }],
    ["a last tier that ends", { ...tiered, tiers: [{ up_to: 5, unit_amount: 1 }] }],
    [
      "tiers that fall",
      {
        ...tiered,
        tiers: [
          { up_to: 5, unit_amount: 1 },
          { up_to: 4, unit_amount: 1 },
          { up_to: "inf", unit_amount: 1 },
        ],
      },
    ],
    ["a metered price without a meter", { unit_amount: 1, recurring: { interval: "month", usage_type: "metered" } }],
    ["more than three years", { unit_amount: 1, recurring: { interval: "month", interval_count: 37 } }],
    ["what is not built", { unit_amount: 1, transform_quantity: { divide_by: 2, round: "up" } }],
  ])("refuses %s", async (_, params) => {
    const refusal = await refusalOf(stripe.prices.create({ ...monthly, product: product.id, ...params }));
    expect(refusal).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
  });

  it("keeps its product from being deleted", async () => {
    const price = await stripe.prices.create({ ...monthly, product_data: { name: "Kept" }, unit_amount: 1 });
    expect((await refusalOf(stripe.products.del(idIn(price.product)))).statusCode).toBe(400);
  });
});

describe("a coupon", () => {
  it("is no longer valid after its time", async () => {
    const { account } = test.sandbox.account("sk_test_sandbox_coupon");
    const own = test.client("sk_test_sandbox_coupon");
    const { id, valid } = await own.coupons.create({ percent_off: 10, redeem_by: account.clock.now() + 60 });
    account.clock.advance(61);
    expect([valid, (await own.coupons.retrieve(id)).valid]).toEqual([true, false]);
  });

  it.each<[string, Stripe.CouponCreateParams]>([
    ["neither percent nor amount", {}],
    ["both", { percent_off: 1, amount_off: 1, currency: "usd" }],
    ["more than 100 percent", { percent_off: 101 }],
    ["an amount without a currency", { amount_off: 1 }],
    ["repeating without months", { percent_off: 1, duration: "repeating" }],
    ["months without repeating", { percent_off: 1, duration_in_months: 3 }],
  ])("refuses %s", async (_, params) => {
    expect((await refusalOf(stripe.coupons.create(params))).statusCode).toBe(400);
  });

  it("has codes that differ while they are active", async () => {
    const { id } = await stripe.coupons.create({ percent_off: 10 });
    const promotion = { type: "coupon" as const, coupon: id };
    const first = await stripe.promotionCodes.create({ promotion, code: "HELLO" });
    expect(await refusalOf(stripe.promotionCodes.create({ promotion, code: "hello" }))).toMatchObject({
      param: "code",
    });
    await stripe.promotionCodes.update(first.id, { active: false });
    expect((await stripe.promotionCodes.create({ promotion, code: "hello" })).active).toBe(true);
    expect((await refusalOf(stripe.promotionCodes.update(first.id, { active: true }))).statusCode).toBe(400);
  });
});

describe("a promotion code", () => {
  it("for one customer may be another's too, and is not for everybody", async () => {
    const { id: coupon } = await stripe.coupons.create({ percent_off: 10 });
    const promotion = { type: "coupon" as const, coupon };
    const [a, b] = [await stripe.customers.create(), await stripe.customers.create()];
    for (const { id: customer } of [a, b]) await stripe.promotionCodes.create({ promotion, code: "MINE", customer });
    expect(await refusalOf(stripe.promotionCodes.create({ promotion, code: "mine" }))).toMatchObject({ param: "code" });
  });
});

describe("a payment method", () => {
  it("is a test card that a customer holds", async () => {
    const { id: customer } = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    expect(method).toMatchObject({ customer, card: { brand: "visa", last4: "4242" } });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    expect((await stripe.customers.listPaymentMethods(customer)).data.map(({ id }) => id)).toEqual([method.id]);
    await stripe.paymentMethods.detach(method.id);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
  });

  it("that is declined at once is not kept", async () => {
    const { id: customer } = await stripe.customers.create();
    const refusal = await refusalOf(
      stripe.paymentMethods.attach("pm_card_chargeDeclinedInsufficientFunds", { customer }),
    );
    expect(refusal).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(refusal).toMatchObject({ statusCode: 402, decline_code: "insufficient_funds" });
    expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([]);
  });

  it("of one customer is not another's", async () => {
    const [a, b] = [await stripe.customers.create(), await stripe.customers.create()];
    const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer: a.id });
    expect((await refusalOf(stripe.paymentMethods.attach(id, { customer: b.id }))).statusCode).toBe(400);
    const settings = { invoice_settings: { default_payment_method: id } };
    expect(await refusalOf(stripe.customers.update(b.id, settings))).toMatchObject({ code: "resource_missing" });
  });

  it("of a number that is no test card is refused", async () => {
    const card = { number: "4111111111111111", exp_month: 1, exp_year: 2040, cvc: "123" };
    const refusal = await refusalOf(stripe.paymentMethods.create({ type: "card", card }));
    expect(refusal).toMatchObject({ statusCode: 402, code: "incorrect_number" });
  });
});
