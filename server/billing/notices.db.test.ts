import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { billingNotices, entitlementTrials } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { overridePlan, standingOf } from "@/server/entitlements";
import { newId } from "@/server/kernel/ids";
import { planlessTenantWith } from "@/server/testing/actors";
import { recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { refreshPlan, tendTrials } from "./index";
import { placeSeller } from "./seller";
import { makeBuyer } from "./testing/buyer";
import { itemsOf, useShop } from "./testing/shop";

const db = useTestDatabase();
const shop = useShop();
const DAY = 86_400;
let admin: TenantContext;
let customer: string;
let subscription: string;

beforeAll(() => placeSeller(shop.seller));
afterAll(() => placeSeller(undefined));
beforeEach(async () => {
  ({ admin, customer } = await makeBuyer(db.database, shop));
});

async function buy(more: object = {}) {
  const items = itemsOf(shop, { pro_base: 1 });
  ({ id: subscription } = await shop.stripe.subscriptions.create({ customer, items, ...more }));
  await refreshPlan(admin, {});
}
const setCard = async (card: string) => {
  const method = await shop.stripe.paymentMethods.attach(card, { customer });
  await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
};
const kinds = async () =>
  (await withTenant(admin, (tx) => tx.select().from(billingNotices))).map(({ kind }) => kind).sort();
const noticed = async () =>
  (await recordedEvents(db.ownerUrl, admin.tenantId)).filter((name) => name === "billing.noticed").length;
const standing = () => withTenant(admin, (tx) => standingOf(tx, admin.tenantId, admin.clock.now()));

describe("what administrators are told of payments", () => {
  it("is each failed try once, with the days that are left, and the recovery once (cases 51, 52 and 103)", async () => {
    await buy();
    await setCard("pm_card_chargeCustomerFail");
    await advance(shop.account, 32 * DAY);
    await refreshPlan(admin, {});
    await refreshPlan(admin, {});
    expect(await kinds()).toEqual(["payment-failed"]);
    const first = (await standing()).projection?.graceUntil;
    expect((await standing()).access.banner?.title).toMatch(/^A payment failed: \d days? left to settle it$/);
    await advance(shop.account, 4 * DAY);
    await refreshPlan(admin, {});
    expect(await kinds()).toEqual(["payment-failed", "payment-failed"]);
    // The second try moves nothing.
    expect((await standing()).projection?.graceUntil).toEqual(first);
    await setCard("pm_card_visa");
    const [open] = (await shop.stripe.invoices.list({ customer, status: "open" })).data;
    await shop.stripe.invoices.pay(open?.id ?? "");
    await refreshPlan(admin, {});
    await refreshPlan(admin, {});
    expect(await kinds()).toEqual(["payment-failed", "payment-failed", "recovered"]);
    expect((await standing()).projection).toMatchObject({ status: "active", graceUntil: null });
    expect(await noticed()).toBe(3);
  });

  it("is a renewal that its holder has to confirm, with where that is done (case 102)", async () => {
    await buy();
    await setCard("pm_card_authenticationRequired");
    await advance(shop.account, 32 * DAY);
    await refreshPlan(admin, {});
    expect(await kinds()).toEqual(["action-required"]);
    expect((await standing()).projection?.status).toBe("past_due");
  });

  it("is a card that is good no more soon, once (case 103)", async () => {
    await buy();
    const { default_payment_method: method } = (
      (await shop.stripe.customers.retrieve(customer)) as { invoice_settings: { default_payment_method: string } }
    ).invoice_settings;
    const { card } = await shop.stripe.paymentMethods.retrieve(method);
    expect(await kinds()).toEqual([]);
    const end = Date.UTC(card?.exp_year ?? 0, card?.exp_month ?? 0, 1) / 1000;
    // Ours alone looks ahead: the seller's clock cannot pass so many renewals at once.
    const later = { ...admin, clock: { now: () => new Date((end - 29 * DAY) * 1000) } };
    await refreshPlan(later, {});
    await refreshPlan(later, {});
    expect(await kinds()).toEqual(["card-expiring"]);
  });

  it("is the end of a trial at the seller, three days before, and the end of a plan", async () => {
    await buy({ trial_period_days: 14 });
    expect(await kinds()).toEqual([]);
    await advance(shop.account, 12 * DAY);
    await refreshPlan(admin, {});
    expect(await kinds()).toEqual(["trial-ending"]);
    await shop.stripe.subscriptions.cancel(subscription);
    await refreshPlan(admin, {});
    expect(await kinds()).toEqual(["ended", "trial-ending"]);
  });

  it("is nothing of a customer that is not believed", async () => {
    await buy();
    await setCard("pm_card_chargeCustomerFail");
    await advance(shop.account, 32 * DAY);
    await shop.stripe.customers.update(customer, { metadata: { tenant_id: "ten_other" } });
    await refreshPlan(admin, {});
    expect(await kinds()).toEqual([]);
  });
});

describe("what administrators are told of a trial without a card", () => {
  const begin = async (endsInDays: number) => {
    ({
      as: { tenant_admin: admin },
    } = await planlessTenantWith(db.database, ["tenant_admin"]));
    const startedAt = new Date();
    const endsAt = new Date(startedAt.getTime() + endsInDays * DAY * 1000);
    await withTenant(admin, (tx) =>
      tx.insert(entitlementTrials).values({
        ...{ tenantId: admin.tenantId, plan: "standard", catalogueVersion: 1, startedBy: newId("user") },
        ...{ startedAt, endsAt },
      }),
    );
  };
  const tend = (days: number) => {
    const clock = { now: () => new Date(Date.now() + days * DAY * 1000) };
    return tendTrials({ database: db.database, clock, newId });
  };

  it("is that it ends, three days before, and that it ended; each once", async () => {
    await begin(14);
    await tend(10);
    expect(await kinds()).toEqual([]);
    await tend(11.5);
    await tend(12);
    expect(await kinds()).toEqual(["trial-ending"]);
    await tend(14.1);
    await tend(15);
    expect(await kinds()).toEqual(["ended", "trial-ending"]);
  });

  it("is nothing where something else counts meanwhile", async () => {
    await begin(2);
    const expiresAt = new Date(Date.now() + 30 * DAY * 1000);
    await overridePlan(admin, { plan: "pro", addOns: [], moreSeats: 0, reason: "A pilot", expiresAt });
    await tend(0);
    expect(await kinds()).toEqual([]);
  });
});
