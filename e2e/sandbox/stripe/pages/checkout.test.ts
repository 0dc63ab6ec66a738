import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settleDebit } from "../objects/challenges";
import { fillCard, startTestBrowser, type TestBrowser } from "../testing/browser";
import { startTestSandbox, type TestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";
import { PAGE_BANNER } from "./document";

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

type Params = Stripe.Checkout.SessionCreateParams;

async function opened(more: Partial<Params> = {}) {
  const shop = await openShop(test, "none");
  const session = await shop.stripe.checkout.sessions.create({
    ...{ mode: "subscription", customer: shop.customer, line_items: [{ price: shop.pro.id, quantity: 2 }] },
    ...{
      success_url: `${test.sandbox.url}/?session={CHECKOUT_SESSION_ID}`,
      cancel_url: `${test.sandbox.url}/?cancelled`,
    },
    ...more,
  });
  const page = await browser.page();
  await page.goto(session.url ?? "");
  const look = () => shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription", "customer"] });
  const pay = () => page.getByRole("button", { name: /subscribe/i }).click();
  return { shop, session, page, look, pay };
}

describe("the page of a Checkout session", () => {
  it("takes a card and leads back to the app", async () => {
    const { page, session, look, pay } = await opened();
    await expect(page.getByText(PAGE_BANNER).innerText()).resolves.toBe(PAGE_BANNER);
    expect(await page.getByRole("main").innerText()).toContain("$60.00");
    await fillCard(page, "4242 4242 4242 4242");
    await pay();
    expect(new URL(page.url()).searchParams.get("session")).toBe(session.id);
    expect(await look()).toMatchObject({
      status: "complete",
      payment_status: "paid",
      subscription: { status: "active" },
    });
  });

  it("can be used with the keyboard alone", async () => {
    const { page, look } = await opened();
    await page.getByLabel("Card number").focus();
    await page.keyboard.type("4242424242424242");
    for (const text of ["1230", "123"]) {
      await page.keyboard.press("Tab");
      await page.keyboard.type(text === "1230" ? "12/30" : text);
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/session=/);
    expect((await look()).status).toBe("complete");
  });

  it("says by field what is missing, and never shows a card's number again", async () => {
    const { page, pay, look } = await opened({ billing_address_collection: "required" });
    await page.getByLabel("Card number").fill("4242424242424242");
    await page.getByLabel("Expiry (MM/YY)").fill("01/20");
    await pay();
    expect(await page.getByLabel("Expiry (MM/YY)").getAttribute("aria-invalid")).toBe("true");
    const alert = await page.getByRole("alert").innerText();
    expect(alert).toContain("This card has expired.");
    expect(alert).toContain("Enter your street.");
    expect(await page.locator("#cvc-error").innerText()).toBe("Enter the three digits on the card.");
    expect(await page.content()).not.toContain("4242424242424242");
    expect((await look()).status).toBe("open");
  });

  it.each([
    ["4000000000000002", "Your card was declined."],
    ["4000000000009995", "Your card has insufficient funds."],
    ["4111111111111111", "Only test cards are taken here."],
  ])("says why it does not take the card %s, and stays", async (number, words) => {
    const { page, look, pay, shop } = await opened();
    await fillCard(page, number);
    await pay();
    expect(await page.locator("#number-error").innerText()).toBe(words);
    expect((await look()).status).toBe("open");
    expect((await shop.stripe.subscriptions.list({ customer: shop.customer, status: "all" })).data).toEqual([]);
  });

  it("leads to the bank's page for a card that must be confirmed, and goes on as that is answered", async () => {
    const { page, look, pay, session } = await opened();
    const toBank = async () => {
      await fillCard(page, "4000 0025 0000 3155");
      await pay();
      await page.getByRole("heading", { name: "Confirm this payment" }).waitFor();
    };
    await toBank();
    await page.getByRole("button", { name: "Close" }).click();
    expect(page.url()).toBe(session.url);
    await toBank();
    await page.getByRole("button", { name: "Fail" }).click();
    expect(await page.getByRole("alert").innerText()).toContain("unable to authenticate");
    expect((await look()).status).toBe("open");
    await toBank();
    await page.getByRole("button", { name: "Approve" }).click();
    await page.waitForURL(/session=/);
    expect(await look()).toMatchObject({ status: "complete", subscription: { status: "active" } });
  });

  it("takes a promotion code where one is allowed, and takes it back", async () => {
    const { page, shop, look, pay } = await opened({ allow_promotion_codes: true });
    const coupon = await shop.stripe.coupons.create({ percent_off: 50 });
    await shop.stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: "HALF" });
    await page.getByLabel("Promotion code").fill("nothing");
    await page.getByRole("button", { name: "Apply" }).click();
    expect(await page.locator("#code-error").innerText()).toBe("This code is not valid.");
    await page.getByLabel("Promotion code").fill("half");
    await page.getByRole("button", { name: "Apply" }).click();
    expect((await look()).amount_total).toBe(3000);
    await page.getByRole("button", { name: "Remove the code" }).click();
    expect((await look()).amount_total).toBe(6000);
    await page.getByLabel("Promotion code").fill("HALF");
    await page.getByRole("button", { name: "Apply" }).click();
    await fillCard(page, "5555555555554444");
    await pay();
    expect(await look()).toMatchObject({ status: "complete", amount_total: 3000 });
    expect(await shop.stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 1 });
  });

  it("shows no field for a code where none is allowed, and takes none that is sent all the same", async () => {
    const { page, session } = await opened();
    expect(await page.getByLabel("Promotion code").count()).toBe(0);
    const body = new URLSearchParams({ code: "HALF" });
    const answer = await fetch(`${session.url ?? ""}/code`, { method: "POST", body });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("takes no promotion codes");
  });

  it("keeps address, name and tax id as the session says", async () => {
    const { page, look, pay, shop } = await opened({
      ...{ billing_address_collection: "required", tax_id_collection: { enabled: true, required: "if_supported" } },
      customer_update: { address: "auto", name: "auto" },
    });
    await fillCard(page, "4242424242424242");
    await page.getByLabel("Name").fill("Ada <Lovelace>");
    await page.getByLabel("Country").selectOption("DE");
    await page.getByLabel("Street and number").fill("Allee 1");
    await page.getByLabel("Postal code").fill("10115");
    await page.getByLabel("Town").fill("Berlin");
    await page.getByLabel("Tax id", { exact: true }).fill("nonsense");
    await pay();
    expect(await page.locator("#tax_id-error").innerText()).toContain("looks like DE123456789");
    expect(await page.getByLabel("Name").inputValue()).toBe("Ada <Lovelace>");
    await page.getByLabel("Tax id", { exact: true }).fill("DE123456789");
    await fillCard(page, "4242424242424242");
    await pay();
    await page.waitForURL(/session=/);
    expect(await look()).toMatchObject({
      customer_details: { tax_ids: [{ type: "eu_vat", value: "DE123456789" }], address: { city: "Berlin" } },
      customer: { name: "Ada <Lovelace>", address: { country: "DE", postal_code: "10115" } },
    });
    const { data } = await shop.stripe.customers.listTaxIds(shop.customer);
    expect(data).toMatchObject([{ type: "eu_vat", country: "DE" }]);
  });

  it("leaves the customer's address alone unless the session says otherwise", async () => {
    const { page, look, pay } = await opened();
    await page.getByLabel("Country (optional)").selectOption("FR");
    await fillCard(page, "4242424242424242");
    await pay();
    expect(await look()).toMatchObject({
      customer_details: { address: { country: "FR" } },
      customer: { address: null },
    });
  });

  it("takes a bank debit that is paid later", async () => {
    const { page, look, pay, shop, session } = await opened();
    await page.getByLabel("Bank debit").check();
    expect(await page.getByLabel("Card number").isVisible()).toBe(false);
    await pay();
    await page.waitForURL(/session=/);
    expect(await look()).toMatchObject({ status: "complete", payment_status: "unpaid" });
    settleDebit(shop.account, session.id, true);
    expect(await look()).toMatchObject({ payment_status: "paid", subscription: { status: "active" } });
  });

  it("asks for no card where none is needed", async () => {
    const { page, look, pay } = await opened({
      ...{ subscription_data: { trial_period_days: 14 }, payment_method_collection: "if_required" },
    });
    expect(await page.getByLabel("Card number").count()).toBe(0);
    await pay();
    expect(await look()).toMatchObject({ payment_status: "no_payment_required", subscription: { status: "trialing" } });
  });

  it("leads back when it is cancelled, and changes nothing (case 36)", async () => {
    const { page, look } = await opened();
    await page.getByRole("link", { name: "Cancel" }).click();
    expect(page.url()).toContain("?cancelled");
    expect((await look()).status).toBe("open");
  });

  it("fits a narrow screen", async () => {
    const { page } = await opened({ billing_address_collection: "required", allow_promotion_codes: true });
    await page.setViewportSize({ width: 390, height: 800 });
    const body = await page.locator("main").boundingBox();
    expect(body?.width).toBeLessThanOrEqual(390);
    for (const each of await page.locator("input:visible, select, button").all()) {
      const box = await each.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    }
  });
});

describe("a session that cannot be paid", () => {
  it("has a page when it is complete, expired or unknown", async () => {
    const { page, session, pay, shop } = await opened();
    await fillCard(page, "4242424242424242");
    await pay();
    await page.waitForURL(/session=/);
    await page.goto(session.url ?? "");
    expect(await page.getByRole("heading").innerText()).toBe("This checkout is complete");
    const other = await opened();
    await other.shop.stripe.checkout.sessions.expire(other.session.id);
    expect((await other.page.reload())?.status()).toBe(410);
    expect(await other.page.getByRole("heading").innerText()).toBe("This checkout has expired");
    await other.page.getByRole("link", { name: "Go back" }).click();
    expect(other.page.url()).toContain("?cancelled");
    expect((await page.goto(`${test.sandbox.url}/pay/checkout/cs_test_none`))?.status()).toBe(404);
    expect(await page.getByText(PAGE_BANNER).count()).toBe(1);
    expect((await shop.stripe.subscriptions.list({ customer: shop.customer })).data).toHaveLength(1);
  });

  it.each<[string, RequestInit, number]>([
    [
      "of another site",
      { method: "POST", headers: { origin: "https://evil.example" }, body: new URLSearchParams() },
      403,
    ],
    ["that is no form", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }, 415],
    ["with another method", { method: "PUT", body: new URLSearchParams() }, 405],
  ])("refuses a form %s", async (_, init, status) => {
    const { session, look } = await opened();
    const answer = await fetch(session.url ?? "", init);
    expect(answer.status).toBe(status);
    expect((await look()).status).toBe("open");
  });
});
