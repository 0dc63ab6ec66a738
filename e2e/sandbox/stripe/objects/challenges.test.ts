import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";
import { approve, fail, settleDebit } from "./challenges";
import { paySession } from "./checkout-completion";

const test = useTestSandbox();

type Shop = Awaited<ReturnType<typeof openShop>>;
const ASKED_ONCE = "4000002500003155";

async function open({ stripe, customer, pro }: Shop) {
  const line_items = [{ price: pro.id, quantity: 1 }];
  return stripe.checkout.sessions.create({
    mode: "subscription",
    customer,
    success_url: "http://127.0.0.1/",
    line_items,
  });
}

async function challenged(shop: Shop) {
  const session = await open(shop);
  const paid = paySession(shop.account, session.id, { kind: "card", number: ASKED_ONCE });
  if (paid.kind !== "challenge") throw new Error("expected a challenge");
  return { session, intent: paid.intent };
}

const typesOf = async ({ stripe }: Shop) => (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);

describe("a card that must be confirmed, in Checkout", () => {
  it("leaves the session open and its subscription incomplete until it is, and is not asked again", async () => {
    const shop = await openShop(test, "none");
    const { session, intent } = await challenged(shop);
    expect(await shop.stripe.paymentIntents.retrieve(intent)).toMatchObject({
      ...{ status: "requires_action", amount: 3000 },
      next_action: { redirect_to_url: { url: `${test.sandbox.url}/pay/challenges/${intent}` } },
    });
    expect((await shop.stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    const [waiting] = (await shop.stripe.subscriptions.list({ customer: shop.customer, status: "all" })).data;
    expect(waiting?.status).toBe("incomplete");
    approve(shop.account, intent);
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
    expect(done).toMatchObject({
      ...{ status: "complete", payment_status: "paid" },
      subscription: { id: waiting?.id, status: "active" },
    });
    expect((await shop.stripe.paymentIntents.retrieve(intent)).status).toBe("succeeded");
    const types = await typesOf(shop);
    expect(types).toEqual(
      expect.arrayContaining([
        ...["payment_intent.requires_action", "invoice.payment_action_required", "payment_intent.succeeded"],
        ...["invoice.paid", "checkout.session.completed"],
      ]),
    );
    await shop.pass(32 * 24 * 3600);
    expect(await shop.latest(waiting?.id ?? "")).toMatchObject({
      billing_reason: "subscription_cycle",
      status: "paid",
    });
  });

  it("that is not confirmed can be followed by another, which pays for the same subscription", async () => {
    const shop = await openShop(test, "none");
    const { session, intent } = await challenged(shop);
    fail(shop.account, intent);
    expect(await shop.stripe.paymentIntents.retrieve(intent)).toMatchObject({
      ...{ status: "requires_payment_method", last_payment_error: { code: "payment_intent_authentication_failure" } },
    });
    expect(() => approve(shop.account, intent)).toThrow("nothing to confirm");
    paySession(shop.account, session.id, { kind: "card", number: "4242424242424242" });
    const { data } = await shop.stripe.subscriptions.list({ customer: shop.customer, status: "all" });
    expect(data.map(({ status }) => status)).toEqual(["active"]);
    expect((await shop.stripe.paymentIntents.retrieve(intent)).status).toBe("succeeded");
  });

  it("cannot be confirmed once the session has expired", async () => {
    const shop = await openShop(test, "none");
    const { session, intent } = await challenged(shop);
    await shop.stripe.checkout.sessions.expire(session.id);
    expect(() => approve(shop.account, intent)).toThrow("nothing to confirm");
  });

  it("begins anew when what waited has expired", async () => {
    const shop = await openShop(test, "none");
    const { session } = await challenged(shop);
    await shop.pass(23 * 3600 + 1);
    paySession(shop.account, session.id, { kind: "card", number: "4242424242424242" });
    const { data } = await shop.stripe.subscriptions.list({ customer: shop.customer, status: "all" });
    expect(data.map(({ status }) => status)).toEqual(["active", "incomplete_expired"]);
  });
});

describe("a card that must be confirmed each time", () => {
  it("makes a renewal wait for its cardholder", async () => {
    const shop = await openShop(test, "pm_card_authenticationRequired");
    const begun = await shop.begin();
    const first = await shop.latest(begun.id);
    expect(await refusalOf(shop.stripe.invoices.pay(first.id))).toMatchObject({
      code: "invoice_payment_intent_requires_action",
    });
    const shown = await shop.stripe.invoices.retrieve(first.id, {
      expand: ["payments.data.payment.payment_intent"],
    });
    const [payment] = shown.payments?.data ?? [];
    expect(payment?.payment.payment_intent).toMatchObject({ status: "requires_action" });
    expect(shown.hosted_invoice_url).toBe(`${test.sandbox.url}/pay/invoices/${first.id}`);
    approve(shop.account, (payment?.payment.payment_intent as { id: string }).id);
    expect((await shop.stripe.subscriptions.retrieve(begun.id)).status).toBe("active");
    const { data } = await shop.stripe.invoicePayments.list({ invoice: first.id });
    expect(data).toMatchObject([{ status: "paid", amount_paid: 3000 }]);
    await shop.pass(32 * 24 * 3600);
    expect((await shop.stripe.subscriptions.retrieve(begun.id)).status).toBe("past_due");
  });
});

describe("a bank debit", () => {
  const debited = async () => {
    const shop = await openShop(test, "none");
    const { id } = await open(shop);
    paySession(shop.account, id, { kind: "debit", type: "us_bank_account" });
    const session = await shop.stripe.checkout.sessions.retrieve(id, { expand: ["subscription"] });
    expect(session).toMatchObject({
      ...{ status: "complete", payment_status: "unpaid" },
      subscription: { status: "incomplete" },
    });
    return { shop, id };
  };

  it("is waited for, and then paid (case 33)", async () => {
    const { shop, id } = await debited();
    await shop.pass(3 * 24 * 3600);
    settleDebit(shop.account, id, true);
    expect(await shop.stripe.checkout.sessions.retrieve(id, { expand: ["subscription"] })).toMatchObject({
      ...{ payment_status: "paid", subscription: { status: "active" } },
    });
    expect(await typesOf(shop)).toContain("checkout.session.async_payment_succeeded");
    expect(() => settleDebit(shop.account, id, false)).toThrow("No bank");
  });

  it("that the bank refuses leaves nothing paid, and the subscription expires", async () => {
    const { shop, id } = await debited();
    settleDebit(shop.account, id, false);
    expect(await typesOf(shop)).toContain("checkout.session.async_payment_failed");
    await shop.pass(24 * 3600);
    expect(await shop.stripe.checkout.sessions.retrieve(id, { expand: ["subscription"] })).toMatchObject({
      ...{ payment_status: "unpaid", subscription: { status: "incomplete_expired" } },
    });
  });
});
