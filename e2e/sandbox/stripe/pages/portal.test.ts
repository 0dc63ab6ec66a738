import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillCard, startTestBrowser, type TestBrowser } from "../testing/browser";
import { refusalOf, startTestSandbox, type TestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";

let test: TestSandbox;
let browser: TestBrowser;
beforeAll(async () => {
  test = await startTestSandbox();
  browser = await startTestBrowser();
});
afterAll(async () => {
  await browser.stop();
  await test.sandbox.stop();
});

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;
type Update = NonNullable<Features["subscription_update"]>;
type Shop = Awaited<ReturnType<typeof openShop>>;
const RETURN = "http://127.0.0.1/back";

const productOf = ({ product }: Stripe.Price) => (typeof product === "string" ? product : product.id);

/** Plans between which one may change, and the number of each. */
function changes({ pro, enterprise }: Shop, more: Partial<Update> = {}): Features {
  const products = [pro, enterprise].map((price) => ({
    ...{
      product: productOf(price),
      prices: [price.id],
      adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
    },
  }));
  const allowed: Update["default_allowed_updates"] = ["price", "quantity"];
  return {
    subscription_update: {
      ...{ enabled: true, default_allowed_updates: allowed, products, proration_behavior: "always_invoice" },
      ...more,
    },
  };
}

const CANCEL: Features = {
  subscription_cancel: { enabled: true, cancellation_reason: { enabled: true, options: ["too_expensive", "other"] } },
};

async function opened(
  featuresOf: (shop: Shop) => Features,
  flowOf?: (id: string, shop: Shop, item: string) => Stripe.BillingPortal.SessionCreateParams.FlowData,
  card = "pm_card_visa",
) {
  const shop = await openShop(test, card);
  const { id, items } = await shop.begin();
  const item = items.data[0]?.id ?? "";
  const configuration = await shop.stripe.billingPortal.configurations.create({ features: featuresOf(shop) });
  const session = await shop.stripe.billingPortal.sessions.create({
    ...{ customer: shop.customer, configuration: configuration.id, return_url: RETURN },
    ...(flowOf === undefined ? {} : { flow_data: flowOf(id, shop, item) }),
  });
  const page = await browser.page();
  await page.goto(session.url);
  const look = () => shop.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
  const click = (name: string) =>
    page.getByRole("button", { name }).or(page.getByRole("link", { name })).first().click();
  return { shop, id, item, session, page, look, click };
}

describe("the customer portal", () => {
  it("changes plan and number for what it has shown", async () => {
    const { page, look, click, shop } = await opened(changes);
    await click("Change the plan");
    await page.getByLabel("P9000").check();
    await page.getByLabel("Quantity").fill("2");
    await click("See what it costs");
    const words = await page.getByRole("main").innerText();
    const total = /Total\s+\$([\d.]+)/.exec(words)?.[1];
    expect(words).toContain("To be paid now");
    await shop.pass(1800);
    await click("Confirm the change");
    expect(page.url()).toMatch(/\/home$/);
    const after = await look();
    expect(after.items.data).toMatchObject([{ quantity: 2, price: { id: shop.enterprise.id } }]);
    expect(after.latest_invoice).toMatchObject({ status: "paid", total: Math.round(Number(total) * 100) });
  });

  it.each([
    ["0", "Choose a number from 1 to 5."],
    ["6", "Choose a number from 1 to 5."],
    ["1.5", "Choose a number from 1 to 5."],
  ])("takes no number that is not offered: %s", async (quantity, words) => {
    const { page, session, look, id, shop } = await opened(changes);
    const query = new URLSearchParams({ subscription: id, price: shop.pro.id, quantity });
    await page.goto(`${session.url}/confirm?${query.toString()}`);
    expect(await page.locator("#quantity-error").innerText()).toBe(words);
    const body = new URLSearchParams({ price: shop.pro.id, quantity });
    expect((await fetch(`${session.url}/confirm?subscription=${id}`, { method: "POST", body })).status).toBe(422);
    expect((await look()).items.data).toMatchObject([{ quantity: 1 }]);
  });

  it("takes no plan that is not offered", async () => {
    const { session, look, id, shop } = await opened(changes);
    const body = new URLSearchParams({ price: shop.yearly.id, quantity: "1" });
    expect((await fetch(`${session.url}/confirm?subscription=${id}`, { method: "POST", body })).status).toBe(422);
    expect((await look()).items.data).toMatchObject([{ price: { id: shop.pro.id } }]);
  });

  it("offers no change of a subscription with several items", async () => {
    const { page, shop, id } = await opened(changes);
    await shop.stripe.subscriptions.update(id, { items: [{ price: shop.enterprise.id }] });
    await page.reload();
    expect(await page.getByRole("link", { name: "Change the plan" }).count()).toBe(0);
  });

  it("leaves everything as it was when the card is declined, and says so", async () => {
    const { page, look, click, shop } = await opened(changes);
    const bad = await shop.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: shop.customer });
    await shop.stripe.customers.update(shop.customer, { invoice_settings: { default_payment_method: bad.id } });
    await click("Change the plan");
    await page.getByLabel("P9000").check();
    await click("See what it costs");
    await click("Confirm the change");
    expect(await page.getByRole("alert").innerText()).toBe("Your card was declined.");
    expect(await look()).toMatchObject({ status: "active", items: { data: [{ price: { id: shop.pro.id } }] } });
  });

  it("leads to the bank's page when the card must be confirmed", async () => {
    const { page, look, click, shop } = await opened(changes);
    const card = await shop.stripe.paymentMethods.attach("pm_card_authenticationRequired", { customer: shop.customer });
    await shop.stripe.customers.update(shop.customer, { invoice_settings: { default_payment_method: card.id } });
    await click("Change the plan");
    await page.getByLabel("P9000").check();
    await click("See what it costs");
    await click("Confirm the change");
    await click("Approve");
    expect(await look()).toMatchObject({ status: "active", items: { data: [{ price: { id: shop.enterprise.id } }] } });
  });

  it("puts a smaller plan off until the period ends where it is told to, and makes a larger one at once", async () => {
    const conditions = [{ type: "decreasing_item_amount" as const }];
    const { page, look, click, shop, id, item } = await opened((shop) =>
      changes(shop, { schedule_at_period_end: { conditions } }),
    );
    await click("Change the plan");
    await page.getByLabel("Quantity").fill("3");
    await click("See what it costs");
    await click("Confirm the change");
    expect((await look()).items.data).toMatchObject([{ id: item, quantity: 3 }]);
    await click("Change the plan");
    await page.getByLabel("Quantity").fill("1");
    await click("See what it costs");
    expect(await page.getByRole("main").innerText()).toContain("It begins on Feb 15, 2026. Nothing is due before.");
    await click("Confirm the change");
    expect(await page.getByRole("main").innerText()).toContain("Another plan is to begin.");
    expect(await page.getByRole("link", { name: "Change the plan" }).count()).toBe(0);
    expect((await look()).items.data).toMatchObject([{ quantity: 3 }]);
    await shop.pass(32 * 24 * 3600);
    const after = await look();
    expect(after.items.data).toMatchObject([{ quantity: 1 }]);
    expect(after.latest_invoice).toMatchObject({ total: 3000, status: "paid" });
    expect((await shop.stripe.subscriptions.list({ customer: shop.customer })).data.map((each) => each.id)).toEqual([
      id,
    ]);
  });

  it("cancels at the period's end with a reason, and takes that back", async () => {
    const { page, look, click } = await opened(() => CANCEL);
    await click("Cancel");
    await page.getByLabel("Why").selectOption("too_expensive");
    await page.getByLabel("In your own words").fill("Too much");
    await click("Cancel the subscription");
    expect(await look()).toMatchObject({
      cancel_at_period_end: true,
      cancellation_details: { feedback: "too_expensive", comment: "Too much", reason: "cancellation_requested" },
    });
    expect(await page.getByRole("main").innerText()).toContain("Ends on Feb 15, 2026");
    await click("Keep the subscription");
    expect(await look()).toMatchObject({ cancel_at_period_end: false, cancel_at: null });
  });

  it("can cancel at once", async () => {
    const { look, click } = await opened(() => ({ subscription_cancel: { enabled: true, mode: "immediately" } }));
    await click("Cancel");
    await click("Cancel the subscription");
    expect((await look()).status).toBe("canceled");
  });

  it("takes another card, for subscriptions that have one of their own too", async () => {
    const { page, look, click, shop, id } = await opened(() => ({ payment_method_update: { enabled: true } }));
    const own = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer: shop.customer });
    await shop.stripe.subscriptions.update(id, { default_payment_method: own.id });
    await click("Change the card");
    await fillCard(page, "4000000000000002");
    await click("Save the card");
    expect(await page.locator("#number-error").innerText()).toBe("Your card was declined.");
    await fillCard(page, "5555555555554444");
    await click("Save the card");
    expect(await page.getByRole("main").innerText()).toContain("mastercard ending in 4444");
    const { invoice_settings: settings } = (await shop.stripe.customers.retrieve(shop.customer)) as Stripe.Customer;
    expect((await look()).default_payment_method).toBe(settings.default_payment_method);
    expect(settings.default_payment_method).not.toBe(own.id);
  });

  it("changes the details that it may", async () => {
    const allowed: NonNullable<Features["customer_update"]>["allowed_updates"] = ["email", "name", "tax_id"];
    const { page, click, shop } = await opened(() => ({
      customer_update: { enabled: true, allowed_updates: allowed },
    }));
    await click("Change the details");
    expect(await page.getByLabel("Country").count()).toBe(0);
    await page.getByLabel("E-mail").fill("nonsense");
    await click("Save the details");
    expect(await page.locator("#email-error").innerText()).toContain("Enter an e-mail address");
    await page.getByLabel("E-mail").fill("new@example.com");
    await page.getByLabel("Kind").selectOption("us_ein");
    await page.getByLabel("Tax id").fill("12-3456789");
    await click("Save the details");
    expect(await shop.stripe.customers.retrieve(shop.customer)).toMatchObject({ email: "new@example.com" });
    expect((await shop.stripe.customers.listTaxIds(shop.customer)).data).toMatchObject([{ value: "12-3456789" }]);
  });

  it("shows invoices, and leads back to the app", async () => {
    const { page, look } = await opened(() => ({ invoice_history: { enabled: true } }));
    const { latest_invoice: invoice } = await look();
    expect(await page.getByRole("table", { name: "Invoices" }).innerText()).toContain("paid");
    expect(await page.getByRole("link", { name: "Return to the app" }).getAttribute("href")).toBe(RETURN);
    await page.getByRole("table").getByRole("link").click();
    expect(page.url()).toBe((invoice as Stripe.Invoice).hosted_invoice_url);
  });

  it.each(["update", "confirm", "cancel", "keep", "card", "details"])(
    "neither offers nor does what its configuration does not allow: %s",
    async (part) => {
      const { page, session, look, id } = await opened(() => ({ invoice_history: { enabled: true } }));
      expect(await page.getByRole("button").count()).toBe(0);
      const address = `${session.url}/${part}?subscription=${id}`;
      expect((await fetch(address)).status).toBe(403);
      const body = new URLSearchParams({ number: "4242424242424242", expiry: "12/30", cvc: "123", email: "x@y.z" });
      expect((await fetch(address, { method: "POST", body })).status).toBe(403);
      expect(await look()).toMatchObject({ status: "active", cancel_at_period_end: false });
    },
  );

  it("does not find another customer's subscription", async () => {
    const { session, shop } = await opened(() => CANCEL);
    const { id: other } = await shop.stripe.customers.create();
    const card = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer: other });
    const foreign = await shop.stripe.subscriptions.create({
      ...{ customer: other, default_payment_method: card.id, items: [{ price: shop.pro.id }] },
    });
    const body = new URLSearchParams();
    const answer = await fetch(`${session.url}/cancel?subscription=${foreign.id}`, { method: "POST", body });
    expect(answer.status).toBe(404);
    expect((await shop.stripe.subscriptions.retrieve(foreign.id)).cancel_at_period_end).toBe(false);
  });

  it("ends after five minutes when it is not used, and an hour after it was", async () => {
    const { session, shop, page } = await opened(() => CANCEL);
    await shop.pass(59 * 60);
    expect((await page.reload())?.status()).toBe(200);
    await shop.pass(60 * 60);
    expect((await page.reload())?.status()).toBe(410);
    const configuration = typeof session.configuration === "string" ? session.configuration : session.configuration.id;
    const unused = await shop.stripe.billingPortal.sessions.create({ customer: shop.customer, configuration });
    await shop.pass(5 * 60);
    expect((await fetch(unused.url)).status).toBe(410);
  });
});

describe("a portal session for one purpose", () => {
  it("begins there, allows nothing else, and leads where it was told to", async () => {
    const { page, session, click, look } = await opened(
      (shop) => ({ ...CANCEL, ...changes(shop) }),
      (subscription) => ({
        ...{ type: "subscription_cancel", subscription_cancel: { subscription } },
        after_completion: { type: "redirect", redirect: { return_url: `${test.sandbox.url}/?cancelled` } },
      }),
    );
    expect(page.url()).toBe(`${session.url}/cancel`);
    expect((await fetch(`${session.url}/home`)).status).toBe(403);
    expect((await fetch(`${session.url}/update`)).status).toBe(403);
    await click("Cancel the subscription");
    expect(page.url()).toContain("/?cancelled");
    expect((await look()).cancel_at_period_end).toBe(true);
  });

  it("confirms a change that the app has chosen, and says so", async () => {
    const { page, click, look, shop } = await opened(changes, (subscription, { enterprise }, id) => ({
      type: "subscription_update_confirm",
      subscription_update_confirm: { subscription, items: [{ id, price: enterprise.id, quantity: 3 }] },
      after_completion: { type: "hosted_confirmation", hosted_confirmation: { custom_message: "All yours." } },
    }));
    expect(await page.getByRole("main").innerText()).toContain("3 × P9000");
    await click("Confirm the change");
    expect(await page.getByRole("main").innerText()).toContain("All yours.");
    expect((await look()).items.data).toMatchObject([{ quantity: 3, price: { id: shop.enterprise.id } }]);
  });

  it.each<[Stripe.BillingPortal.SessionCreateParams.FlowData.Type, string]>([
    ["payment_method_update", "/card"],
    ["subscription_update", "/update"],
  ])("can be for %s", async (type, end) => {
    const { page } = await opened(
      (shop) => ({ ...changes(shop), payment_method_update: { enabled: true } }),
      (subscription) => ({
        type,
        ...(type === "subscription_update" ? { subscription_update: { subscription } } : {}),
      }),
    );
    expect(page.url().endsWith(end)).toBe(true);
  });
});

describe("the portal's API", () => {
  it("keeps, changes and lists configurations", async () => {
    const { stripe } = await openShop(test);
    const { configurations } = stripe.billingPortal;
    const made = await configurations.create({ features: CANCEL, metadata: { a: "1" } });
    expect(made).toMatchObject({
      ...{ active: true, is_default: false, metadata: { a: "1" } },
      features: { subscription_cancel: { mode: "at_period_end" }, invoice_history: { enabled: false } },
    });
    await configurations.update(made.id, { features: { invoice_history: { enabled: true } }, active: false });
    expect(await configurations.retrieve(made.id)).toMatchObject({
      ...{ active: false, features: { invoice_history: { enabled: true }, subscription_cancel: { enabled: true } } },
    });
    expect((await configurations.list({ active: false })).data.map(({ id }) => id)).toEqual([made.id]);
    expect((await configurations.list({ is_default: true })).data).toEqual([]);
  });

  it.each<[string, (shop: Shop) => Features, string]>([
    ["a pause", () => ({ subscription_pause: { enabled: true } }), "features[subscription_pause]"],
    [
      "changes to nothing",
      () => ({ subscription_update: { enabled: true } }),
      "features[subscription_update][products]",
    ],
    [
      "a price of another product",
      ({ pro, enterprise }) => ({
        subscription_update: { enabled: true, products: [{ product: productOf(pro), prices: [enterprise.id] }] },
      }),
      "features[subscription_update][products][0][prices]",
    ],
    [
      "prorations on cancelling",
      () => ({ subscription_cancel: { enabled: true, proration_behavior: "create_prorations" } }),
      "features[subscription_cancel][proration_behavior]",
    ],
    [
      "a change of phone",
      () => ({ customer_update: { enabled: true, allowed_updates: ["phone"] } }),
      "features[customer_update][allowed_updates]",
    ],
  ])("refuses a configuration with %s", async (_, features, param) => {
    const shop = await openShop(test);
    const refusal = await refusalOf(shop.stripe.billingPortal.configurations.create({ features: features(shop) }));
    expect(refusal).toMatchObject({ statusCode: 400, param });
  });

  it("refuses a session without configuration, for what it does not allow, or for another's subscription", async () => {
    const shop = await openShop(test);
    const { customer, stripe } = shop;
    const { sessions, configurations } = stripe.billingPortal;
    const { id: configuration } = await configurations.create({ features: CANCEL });
    const { id } = await shop.begin();
    const { id: other } = await stripe.customers.create();
    const cancel = { type: "subscription_cancel" as const, subscription_cancel: { subscription: id } };
    expect(await refusalOf(sessions.create({ customer }))).toMatchObject({ param: "configuration" });
    const card = { type: "payment_method_update" as const };
    expect(await refusalOf(sessions.create({ customer, configuration, flow_data: card }))).toMatchObject({
      param: "flow_data[type]",
    });
    expect(await refusalOf(sessions.create({ customer: other, configuration, flow_data: cancel }))).toMatchObject({
      ...{ code: "resource_missing", param: "flow_data[subscription_cancel][subscription]" },
    });
    await configurations.update(configuration, { active: false });
    expect(await refusalOf(sessions.create({ customer, configuration }))).toMatchObject({ param: "configuration" });
  });
});
