import { describe, expect, it } from "vitest";
import { useTestSandbox } from "../testing/sandbox";
import { itemOf, openShop } from "../testing/shop";

const DAY = 24 * 60 * 60;
const test = useTestSandbox();

/** A subscription whose card stops going through before its renewal. */
async function failing(end: "canceled" | "unpaid" | "past_due" = "canceled") {
  const made = await openShop(test);
  const { stripe, customer, begin, clock, pass, account } = made;
  account.dunning = { ...account.dunning, end };
  const subscription = await begin();
  const use = async (card: string) => {
    const { id } = await stripe.paymentMethods.attach(card, { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  };
  await use("pm_card_chargeCustomerFail");
  await pass((subscription.items.data[0]?.current_period_end ?? 0) - clock.now() + 3600);
  const status = async () => (await stripe.subscriptions.retrieve(subscription.id)).status;
  return { ...made, subscription, use, status };
}

describe("a renewal that is not paid", () => {
  it("is tried again after 3, 5 and 7 days, and then ends the subscription", async () => {
    const { stripe, subscription, latest, pass, status, clock } = await failing();
    const first = await latest(subscription.id);
    expect([await status(), first.attempt_count]).toEqual(["past_due", 1]);
    expect(Math.round(((first.next_payment_attempt ?? 0) - clock.now()) / DAY)).toBe(3);
    const counts: number[] = [];
    for (const days of [3, 5, 7]) {
      await pass(days * DAY);
      counts.push((await stripe.invoices.retrieve(first.id)).attempt_count);
    }
    expect(counts).toEqual([2, 3, 4]);
    const ended = await stripe.subscriptions.retrieve(subscription.id);
    expect(ended).toMatchObject({ status: "canceled", cancellation_details: { reason: "payment_failed" } });
    const { data } = await stripe.events.list({ type: "invoice.payment_failed" });
    expect(data).toHaveLength(4);
    expect(await stripe.invoices.retrieve(first.id)).toMatchObject({ status: "open", next_payment_attempt: null });
  });

  it("is paid at the next try when its card was replaced", async () => {
    const { subscription, latest, pass, status, use } = await failing();
    await use("pm_card_visa");
    expect(await status()).toBe("past_due");
    await pass(3 * DAY);
    expect([await status(), (await latest(subscription.id)).status]).toEqual(["active", "paid"]);
  });

  it("counts only what the schedule tries after the first attempt", async () => {
    const { stripe, subscription, latest } = await failing();
    const before = await latest(subscription.id);
    await stripe.invoices.pay(before.id).catch(() => null);
    const after = await latest(subscription.id);
    expect([after.attempt_count, after.next_payment_attempt]).toEqual([1, before.next_payment_attempt]);
  });

  it("makes it unpaid when that is set: later invoices stay drafts, and the latest one paid brings it back", async () => {
    const { stripe, subscription, latest, pass, status, use } = await failing("unpaid");
    await pass(16 * DAY);
    expect(await status()).toBe("unpaid");
    await pass(20 * DAY);
    const draft = await latest(subscription.id);
    expect(draft).toMatchObject({ status: "draft", auto_advance: false, billing_reason: "subscription_cycle" });
    await use("pm_card_visa");
    await stripe.invoices.pay(draft.id);
    expect(await status()).toBe("active");
    await pass(32 * DAY);
    expect((await latest(subscription.id)).status).toBe("paid");
  });

  it("leaves it past due when that is set", async () => {
    const { status, pass } = await failing("past_due");
    await pass(16 * DAY);
    expect(await status()).toBe("past_due");
  });

  it("without any card is tried and fails as well", async () => {
    const { stripe, subscription, latest, pass, customer, status } = await failing();
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: "" } });
    await pass(3 * DAY);
    expect([await status(), (await latest(subscription.id)).attempt_count]).toEqual(["past_due", 2]);
  });

  it("has no retries when it is a first payment", async () => {
    const { begin, latest } = await openShop(test, "pm_card_chargeCustomerFail");
    const { id } = await begin();
    expect((await latest(id)).next_payment_attempt).toBeNull();
  });

  it("is tried again too when it is a change that was billed at once", async () => {
    const { stripe, begin, latest, customer, enterprise, pass } = await openShop(test);
    const subscription = await begin();
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    const items = [{ id: itemOf(subscription), price: enterprise.id }];
    await stripe.subscriptions.update(subscription.id, { items, proration_behavior: "always_invoice" });
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
    await pass(3 * DAY);
    expect((await latest(subscription.id)).status).toBe("paid");
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });
});
