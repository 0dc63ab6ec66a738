import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillCard, startTestBrowser, type TestBrowser } from "../testing/browser";
import { startTestSandbox, type TestSandbox } from "../testing/sandbox";
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

/** A subscription whose first invoice is still to be paid, with that invoice's page. */
async function unpaid() {
  const shop = await openShop(test, "pm_card_chargeCustomerFail");
  const { id } = await shop.begin();
  const invoice = await shop.latest(id);
  const page = await browser.page();
  await page.goto(invoice.hosted_invoice_url ?? "");
  const status = async () => (await shop.stripe.subscriptions.retrieve(id)).status;
  const pay = () => page.getByRole("button", { name: "Pay $30.00" }).click();
  return { shop, page, status, pay, invoice };
}

describe("the page of an invoice", () => {
  it("shows its lines and what is due, and is paid with a card", async () => {
    const { page, status, pay } = await unpaid();
    const words = await page.getByRole("main").innerText();
    expect(words).toContain("To be paid");
    expect(words).toContain("1 × P3000");
    expect(words).toContain("Your card was declined.");
    await fillCard(page, "4000000000000341");
    await pay();
    expect(await page.locator("#number-error").innerText()).toBe("Your card was declined.");
    expect(await status()).toBe("incomplete");
    await fillCard(page, "4242424242424242");
    await pay();
    await page
      .getByText("Paid · ")
      .or(page.locator("strong", { hasText: "Paid" }))
      .first()
      .waitFor();
    expect(await page.getByLabel("Card number").count()).toBe(0);
    expect(await status()).toBe("active");
  });

  it("leads to the bank's page for a card that must be confirmed, and back", async () => {
    const { page, status, pay, invoice } = await unpaid();
    await fillCard(page, "4000002500003155");
    await pay();
    await page.getByRole("button", { name: "Close" }).click();
    expect(page.url()).toBe(invoice.hosted_invoice_url);
    await page.getByRole("link", { name: "Confirm the payment" }).click();
    await page.getByRole("button", { name: "Approve" }).click();
    expect(page.url()).toBe(invoice.hosted_invoice_url);
    expect(await status()).toBe("active");
  });

  it("takes no second payment", async () => {
    const { shop, invoice } = await unpaid();
    await shop.stripe.invoices.pay(invoice.id, { paid_out_of_band: true });
    const card = { number: "4242424242424242", expiry: "12/30", cvc: "123" };
    const body = new URLSearchParams(card);
    await fetch(invoice.hosted_invoice_url ?? "", { method: "POST", body });
    expect(
      (await shop.stripe.paymentIntents.list({ customer: shop.customer })).data.map(({ status }) => status),
    ).toEqual(["requires_payment_method"]);
  });
});
