import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { billingChanges } from "@/db/schema";
import { makeMember, makeUser } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { ROLES } from "@/policies/access/vocabulary";
import type { Choice } from "@/policies/entitlements/change-plan";
import { standingOf } from "@/server/entitlements";
import { planlessTenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { changePlan, getPayment, previewChange, refreshPlan, undoChange } from "./index";
import { placeSeller } from "./seller";
import { makeBuyer } from "./testing/buyer";
import { itemsOf, useShop } from "./testing/shop";

const db = useTestDatabase();
const shop = useShop();
const DAY = 86_400;
const STANDARD = { standard_base: 1, standard_seat: 2 };
const PRO = { pro_base: 1, pro_seat: 2, pro_incident: 1 };
const PRO_NOW: Choice = { plan: "pro", addOns: ["incident"], moreSeats: 2 };
let admin: TenantContext;
let customer: string;
let subscription: string;

beforeAll(() => placeSeller(shop.seller));
afterAll(() => placeSeller(undefined));

type Items = { price: string; quantity?: number }[];

async function buyer(items: Items, more: object = {}, card = "pm_card_visa") {
  const { admin: by, customer: of } = await makeBuyer(db.database, shop, card);
  const { id } = await shop.stripe.subscriptions.create({ customer: of, items, ...more });
  await refreshPlan(by, {});
  return { admin: by, customer: of, subscription: id };
}
async function begin(keys: Readonly<Record<string, number>>, more: object = {}, card?: string) {
  const plan = Object.keys(keys)[0]?.split("_")[0] ?? "";
  const usage = { price: shop.prices.get(`conductor_${plan}_usage_v1`) ?? "" };
  ({ admin, customer, subscription } = await buyer([...itemsOf(shop, keys), usage], more, card));
}
beforeEach(() => begin(STANDARD));

const preview = (choice: Choice) => previewChange(admin, { ...choice, addOns: [...choice.addOns] });
async function order(choice: Choice) {
  const { prorationDate } = await preview(choice);
  return changePlan(admin, { ...choice, addOns: [...choice.addOns], prorationDate });
}
const projection = async () => (await withTenant(admin, (tx) => standingOf(tx, admin.tenantId, new Date()))).projection;
const changes = () => withTenant(admin, (tx) => tx.select().from(billingChanges));
const living = () => shop.stripe.subscriptions.retrieve(subscription, { expand: ["latest_invoice"] });
const latest = async () => {
  const { latest_invoice: invoice } = await living();
  if (invoice === null || typeof invoice === "string") throw new Error("no invoice");
  return invoice;
};
const setCard = async (card: string) => {
  const method = await shop.stripe.paymentMethods.attach(card, { customer });
  await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  return method.id;
};
const updatesBilled = async () => {
  const { data } = await shop.stripe.invoices.list({ customer });
  return data.filter(({ billing_reason: reason }) => reason === "subscription_update").length;
};
const choice = (over: Partial<Choice> = {}): Choice => ({ plan: "standard", addOns: [], moreSeats: 2, ...over });

describe("billing.previewChange", () => {
  it("says to the cent what an upgrade costs now, and the order costs just that (case 68)", async () => {
    await advance(shop.account, 10 * DAY);
    const shown = await preview(choice({ plan: "pro" }));
    expect(shown).toMatchObject({
      ...{ takesEffect: "now", creditCents: 0, monthCents: { before: 13_700, after: 55_700 }, lost: [] },
      ...{ excessSeats: 0, replacesOther: false, trialEnd: null },
    });
    expect(shown.gained).toContain("Single sign-on");
    expect(shown.limits).toContainEqual({ limit: "seats", before: 5, after: 12 });
    expect(shown.dueNowCents).toBeGreaterThan(0);
    expect(shown.dueNowCents).toBeLessThan(42_000);
    expect(shown.lines.reduce((sum, { cents }) => sum + cents, 0)).toBe(shown.dueNowCents);
    // Time goes by between looking and ordering.
    await advance(shop.account, 60);
    const { prorationDate } = shown;
    expect(await changePlan(admin, { ...choice({ plan: "pro" }), addOns: [], prorationDate })).toMatchObject({
      standing: "applied",
    });
    expect((await latest()).amount_paid).toBe(shown.dueNowCents);
  });

  it("says of a smaller plan what it closes and when, and charges nothing for it now (case 69)", async () => {
    await begin(PRO);
    const shown = await preview(choice());
    expect(shown).toMatchObject({ takesEffect: "renewal", dueNowCents: 0, monthCents: { after: 13_700 } });
    expect(shown.lost).toEqual(expect.arrayContaining(["Single sign-on", "Incident automation"]));
    const { current_period_end: end } = (await living()).items.data[0] ?? { current_period_end: 0 };
    expect(shown.effectiveAt).toBe(new Date(end * 1000).toISOString());
    expect((await projection())?.plan).toBe("pro");
  });

  it("shows a discount in what is due (case 85)", async () => {
    const coupon = await shop.stripe.coupons.create({ percent_off: 50, duration: "forever" });
    await begin(STANDARD, { discounts: [{ coupon: coupon.id }] });
    const next = await preview(choice({ moreSeats: 1 }));
    expect(next.discountCents).toBeGreaterThan(0);
    expect(next.lines.reduce((sum, { cents }) => sum + cents, 0)).toBe(11_800);
  });

  it.each([
    ["the plan as it is", choice(), "same"],
    ["adding and taking away at once", choice({ addOns: ["incident"], moreSeats: 0 }), "mixed"],
  ])("is refused for %s", async (_what, to, reason) => {
    await expect(preview(to)).rejects.toMatchObject({ code: "PreconditionFailed", details: { reason } });
  });

  it("is refused in words to whoever pays in another currency (case 39)", async () => {
    const { id: price } = await shop.stripe.prices.create({
      ...{ currency: "eur", unit_amount: 9_900, recurring: { interval: "month" }, product_data: { name: "By hand" } },
      metadata: { conductor_price: "conductor_standard_base_v1" },
    });
    const { admin: other } = await buyer([{ price }]);
    await expect(previewChange(other, { plan: "pro", addOns: [], moreSeats: 0 })).rejects.toMatchObject({
      ...{ code: "PreconditionFailed", details: { reason: "currency" } },
    });
  });

  it("is refused in words where tax lacks an address (case 40)", async () => {
    await shop.stripe.customers.update(customer, { address: { country: "DE", postal_code: "10115" } });
    await shop.stripe.subscriptions.update(subscription, { automatic_tax: { enabled: true } });
    expect((await preview(PRO_NOW)).taxCents).toBeGreaterThan(0);
    await shop.stripe.customers.update(customer, { address: "" });
    await expect(preview(PRO_NOW)).rejects.toMatchObject({ details: { reason: "tax-location" } });
  });

  it("is refused while the plan is cancelled to its end, and while a payment is open", async () => {
    await shop.stripe.subscriptions.update(subscription, { cancel_at_period_end: true });
    await expect(preview(choice({ plan: "pro" }))).rejects.toMatchObject({ details: { reason: "cancelled" } });
    await begin(STANDARD, { payment_behavior: "allow_incomplete" }, "pm_card_chargeCustomerFail");
    await expect(preview(choice({ plan: "pro" }))).rejects.toMatchObject({ details: { reason: "incomplete" } });
  });

  it.each(ROLES.filter((role) => role !== "conductor_admin" && role !== "tenant_admin"))(
    "is refused to a %s",
    async (role) => {
      const { as } = await planlessTenantWith(db.database, [role]);
      await expect(previewChange(as[role], { plan: "pro", addOns: [], moreSeats: 0 })).rejects.toMatchObject({
        code: "Forbidden",
      });
      await expectDenial(as[role], "billing.change");
    },
  );
});

describe("billing.change to more", () => {
  it("opens a larger plan as soon as it is paid, with a receipt (case 66)", async () => {
    expect(await order(PRO_NOW)).toMatchObject({ standing: "applied", url: null });
    expect(await projection()).toMatchObject({ plan: "pro", addOns: ["incident"], seats: 12, status: "active" });
    const { items } = await living();
    expect(items.data.map(({ price }) => price.lookup_key).sort()).toEqual([
      ...["conductor_pro_base_v1", "conductor_pro_incident_v1", "conductor_pro_seat_v1", "conductor_pro_usage_v1"],
    ]);
    const [row] = await changes();
    expect(row).toMatchObject({ status: "applied", settledAt: expect.any(Date) as Date });
  });

  it("opens nothing until its holder has confirmed the payment, and leads to the page for that (cases 66 and 67)", async () => {
    await setCard("pm_card_authenticationRequired");
    const { standing, url } = await order(PRO_NOW);
    expect(standing).toBe("waiting");
    expect(url).toBe((await latest()).hosted_invoice_url);
    expect(await projection()).toMatchObject({ plan: "standard", addOns: [], seats: 5 });
    await shop.stripe.invoices.pay((await latest()).id, { payment_method: await setCard("pm_card_visa") });
    await refreshPlan(admin, {});
    expect(await projection()).toMatchObject({ plan: "pro", seats: 12 });
    expect((await changes()).map(({ status }) => status)).toEqual(["applied"]);
  });

  it("is given up when it is not paid within its time, and the plan stays (case 67)", async () => {
    await setCard("pm_card_chargeCustomerFail");
    expect(await order(PRO_NOW)).toMatchObject({ standing: "waiting" });
    await advance(shop.account, DAY);
    await refreshPlan(admin, {});
    expect((await changes()).map(({ status }) => status)).toEqual(["lapsed"]);
    expect(await projection()).toMatchObject({ plan: "standard", status: "active" });
  });

  it("charges once for a double click: the order on record names the call (case 109)", async () => {
    const { prorationDate } = await preview(PRO_NOW);
    const input = { ...PRO_NOW, addOns: [...PRO_NOW.addOns], prorationDate };
    const held = Promise.withResolvers<void>();
    shop.sandbox.faults.order({ operation: "POST /v1/subscriptions/{id}", kind: "hold", until: held.promise });
    const first = changePlan(admin, input);
    await expect.poll(() => shop.sandbox.faults.isEmpty()).toBe(true);
    // The other one looks while nothing has changed yet, and is told that it is being done.
    await expect(changePlan(admin, input)).rejects.toMatchObject({ code: "Conflict" });
    held.resolve();
    expect(await first).toMatchObject({ standing: "applied" });
    expect(await updatesBilled()).toBe(1);
    expect(await changes()).toHaveLength(1);
  });

  it("charges once for a try whose answer was lost (case 109)", async () => {
    shop.sandbox.faults.order({ operation: "POST /v1/subscriptions/{id}", kind: "reset-after-commit" });
    expect(await order(PRO_NOW)).toMatchObject({ standing: "applied" });
    expect(await updatesBilled()).toBe(1);
  });

  it("adds an add-on and seats of the same plan with an absolute number (cases 77 and 81)", async () => {
    expect(await order(choice({ addOns: ["incident"], moreSeats: 4 }))).toMatchObject({ standing: "applied" });
    expect(await projection()).toMatchObject({ plan: "standard", addOns: ["incident"], seats: 7 });
    const seat = (await living()).items.data.find(({ price }) => price.lookup_key?.includes("seat"));
    expect(seat?.quantity).toBe(4);
  });

  it("puts seats of Enterprise on the next invoice (case 78)", async () => {
    await begin({ enterprise_base: 1, enterprise_seat: 1 });
    const before = (await latest()).id;
    await advance(shop.account, 10 * DAY);
    const to: Choice = { plan: "enterprise", addOns: [], moreSeats: 5 };
    const shown = await preview(to);
    expect(shown).toMatchObject({ takesEffect: "now", dueNowCents: 0 });
    expect(shown.lines.reduce((sum, { cents }) => sum + cents, 0)).toBeGreaterThan(0);
    expect(await order(to)).toMatchObject({ standing: "applied" });
    expect((await latest()).id).toBe(before);
    expect(await projection()).toMatchObject({ seats: 55 });
  });

  it("keeps what comes back for the next invoices, and refunds nothing silently (case 75)", async () => {
    await begin({ pro_base: 1, pro_seat: 150 });
    const to: Choice = { plan: "enterprise", addOns: [], moreSeats: 0 };
    expect(await preview(to)).toMatchObject({ takesEffect: "now", dueNowCents: 0, creditCents: 185_000 });
    expect(await order(to)).toMatchObject({ standing: "applied" });
    expect((await getPayment(admin, {})).balanceCents).toBe(-185_000);
    expect((await shop.stripe.charges.list({ customer })).data.every(({ amount_refunded: back }) => back === 0)).toBe(
      true,
    );
  });

  it("counts at once for those who are sent invoices, who pay later in any case (case 64)", async () => {
    await begin(STANDARD, { collection_method: "send_invoice", days_until_due: 30 });
    expect(await order(PRO_NOW)).toMatchObject({ standing: "applied" });
    expect(await projection()).toMatchObject({ plan: "pro", status: "active" });
    expect((await latest()).status).toBe("open");
  });

  it("leaves a trial at the seller as long as it was, and charges nothing within it (case 76)", async () => {
    await begin(STANDARD, { trial_period_days: 14 });
    const { trial_end: end } = await living();
    const shown = await preview(PRO_NOW);
    expect(shown).toMatchObject({ dueNowCents: 0, trialEnd: new Date((end ?? 0) * 1000).toISOString() });
    expect(await order(PRO_NOW)).toMatchObject({ standing: "applied" });
    expect((await living()).trial_end).toBe(end);
    expect(await projection()).toMatchObject({ plan: "pro", status: "trialing" });
  });

  it("is refused for a preview that is old, or was never made", async () => {
    const { prorationDate } = await preview(PRO_NOW);
    const input = { ...PRO_NOW, addOns: [...PRO_NOW.addOns] };
    await advance(shop.account, 2 * 3_600);
    for (const date of [prorationDate, prorationDate + 2 * 3_600 + 1])
      await expect(changePlan(admin, { ...input, prorationDate: date })).rejects.toMatchObject({ code: "Conflict" });
    expect(await changes()).toEqual([]);
  });

  it.each([
    ["a price (case 37)", { price: "price_1" }],
    ["an amount (case 37)", { dueNowCents: 1 }],
  ])("is refused for %s, and leaves no receipt", async (_what, over) => {
    const before = await countReceipts(admin);
    const input = { ...PRO_NOW, prorationDate: 1, ...over };
    await expect(changePlan(admin, input as never)).rejects.toMatchObject({ code: "Invalid" });
    expect(await countReceipts(admin)).toBe(before);
  });

  it("says in words what the seller refused, and can be ordered again", async () => {
    const operation = "POST /v1/subscriptions/{id}";
    const { prorationDate } = await preview(PRO_NOW);
    const input = { ...PRO_NOW, addOns: [...PRO_NOW.addOns], prorationDate };
    shop.sandbox.faults.order({ operation, kind: "rate-limit" });
    await expect(changePlan(admin, input)).rejects.toMatchObject({ code: "Unavailable" });
    expect(await changePlan(admin, input)).toMatchObject({ standing: "applied" });
    expect(await changes()).toHaveLength(1);
  });
});

describe("billing.change to less", () => {
  beforeEach(() => begin(PRO));

  it("keeps everything until the renewal, and then closes what the smaller plan has not (case 69)", async () => {
    expect(await order(choice())).toMatchObject({ standing: "scheduled" });
    expect(await projection()).toMatchObject({ plan: "pro", seats: 12, status: "active" });
    await advance(shop.account, 32 * DAY);
    await refreshPlan(admin, {});
    expect(await projection()).toMatchObject({ plan: "standard", addOns: [], seats: 5 });
    expect((await changes()).map(({ status }) => status)).toEqual(["applied"]);
    expect((await latest()).total).toBe(13_700);
  });

  it("keeps seats that were bought until the renewal, and gives nothing back within it (case 78)", async () => {
    expect(await order({ ...PRO_NOW, moreSeats: 0 })).toMatchObject({ standing: "scheduled" });
    expect(await projection()).toMatchObject({ seats: 12 });
    await advance(shop.account, 32 * DAY);
    await refreshPlan(admin, {});
    expect(await projection()).toMatchObject({ plan: "pro", addOns: ["incident"], seats: 10 });
  });

  it("refuses fewer seats than members have, and says how many there are too many (case 72)", async () => {
    await begin(STANDARD);
    for (let nth = 0; nth < 3; nth += 1)
      await makeMember(db.database, admin.tenantId, (await makeUser(db.database)).id, { roles: ["operator"] });
    await expect(preview(choice({ moreSeats: 0 }))).rejects.toMatchObject({
      ...{ code: "PreconditionFailed", details: { reason: "seats", taken: 4, excess: 1 } },
    });
  });

  it("lets a smaller plan have members beyond its seats, who stay (case 72)", async () => {
    for (let nth = 0; nth < 5; nth += 1)
      await makeMember(db.database, admin.tenantId, (await makeUser(db.database)).id, { roles: ["operator"] });
    expect(await preview(choice({ moreSeats: 0 }))).toMatchObject({ excessSeats: 3 });
    expect(await order(choice({ moreSeats: 0 }))).toMatchObject({ standing: "scheduled" });
  });

  it("is taken back, and goes on as if it had not been ordered", async () => {
    await order(choice());
    expect(await undoChange(admin, {})).toEqual({ isUndone: true });
    expect((await living()).schedule).toBeNull();
    await expectReceipt(admin, "billing.undo", `change:${(await changes())[0]?.id ?? ""}`);
    await expect(undoChange(admin, {})).rejects.toMatchObject({ code: "PreconditionFailed" });
    await advance(shop.account, 32 * DAY);
    await refreshPlan(admin, {});
    expect(await projection()).toMatchObject({ plan: "pro", seats: 12 });
  });

  it("makes way for what is ordered after it, with one schedule at most (cases 70 and 71)", async () => {
    await order(choice());
    await order({ ...PRO_NOW, moreSeats: 0 });
    const { data } = await shop.stripe.subscriptionSchedules.list({ customer });
    expect(data.filter(({ status }) => status === "active")).toHaveLength(1);
    expect((await preview({ ...PRO_NOW, plan: "enterprise" })).replacesOther).toBe(true);
    expect(await order({ ...PRO_NOW, plan: "enterprise" })).toMatchObject({ standing: "applied" });
    expect((await living()).schedule).toBeNull();
    expect((await changes()).map(({ status }) => status).sort()).toEqual(["applied", "undone", "undone"]);
    expect(await projection()).toMatchObject({ plan: "enterprise" });
  });

  it("makes way for an undo at the seller itself, which is seen (case 106)", async () => {
    await order(choice());
    const { schedule } = await living();
    await shop.stripe.subscriptionSchedules.release(typeof schedule === "string" ? schedule : "");
    await refreshPlan(admin, {});
    expect((await changes()).map(({ status }) => status)).toEqual(["undone"]);
  });

  it("is another tenant's own: nobody else changes or takes it back", async () => {
    await order(choice());
    const { as } = await planlessTenantWith(db.database, ["tenant_admin", "operator"]);
    await expect(undoChange(as.tenant_admin, {})).rejects.toMatchObject({ code: "PreconditionFailed" });
    await expect(undoChange(as.operator, {})).rejects.toMatchObject({ code: "Forbidden" });
    await expect(
      changePlan(as.tenant_admin, { plan: "pro", addOns: [], moreSeats: 0, prorationDate: 1 }),
    ).rejects.toMatchObject({ code: "PreconditionFailed" });
  });
});
