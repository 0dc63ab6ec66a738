import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { ROLES } from "@/policies/access/vocabulary";
import { standingOf } from "@/server/entitlements";
import { planlessTenantWith } from "@/server/testing/actors";
import { expectDenial, expectReceipt } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { cancelExtra, cancelPlan, changePlan, previewChange, refreshPlan, resumePlan } from "./index";
import { placeSeller } from "./seller";
import { makeBuyer } from "./testing/buyer";
import { itemsOf, useShop } from "./testing/shop";

const db = useTestDatabase();
const shop = useShop();
const DAY = 86_400;
const WHY = { reason: "too_expensive" as const, comment: "For now" };
let admin: TenantContext;
let customer: string;
let subscription: string;

beforeAll(() => placeSeller(shop.seller));
afterAll(() => placeSeller(undefined));
beforeEach(async () => {
  ({ admin, customer } = await makeBuyer(db.database, shop));
  subscription = await buy();
  await refreshPlan(admin, {});
});

async function buy() {
  const items = itemsOf(shop, { pro_base: 1, pro_seat: 2, pro_usage: 1 }).map(({ price, quantity }, nth) =>
    nth === 2 ? { price } : { price, quantity },
  );
  return (await shop.stripe.subscriptions.create({ customer, items })).id;
}
const living = () => shop.stripe.subscriptions.retrieve(subscription);
const standing = () => withTenant(admin, (tx) => standingOf(tx, admin.tenantId, admin.clock.now()));

describe("billing.cancel", () => {
  it("ends the plan with the period that is paid, and all of it works until then", async () => {
    expect(await cancelPlan(admin, WHY)).toEqual({ isCancelled: true });
    expect(await living()).toMatchObject({
      ...{ cancel_at_period_end: true, cancellation_details: { feedback: "too_expensive", comment: "For now" } },
    });
    expect((await standing()).projection).toMatchObject({ status: "active", cancelAtPeriodEnd: true });
    expect((await standing()).access.mayStartRuns).toBe(true);
    await advance(shop.account, 32 * DAY);
    await refreshPlan(admin, {});
    const { projection, access } = await standing();
    expect(projection).toMatchObject({ status: "canceled" });
    expect(access).toMatchObject({ mayStartRuns: false, exportUntil: expect.any(Date) as Date });
  });

  it("leaves a receipt with the reason, and twice is the same as once", async () => {
    await cancelPlan(admin, WHY);
    await cancelPlan(admin, WHY);
    expect((await living()).cancel_at_period_end).toBe(true);
    await expectReceipt(admin, "billing.cancel", `tenant:${admin.tenantId}`);
  });

  it("gives up a change that was scheduled", async () => {
    const { prorationDate } = await previewChange(admin, { plan: "standard", addOns: [], moreSeats: 2 });
    await changePlan(admin, { plan: "standard", addOns: [], moreSeats: 2, prorationDate });
    await cancelPlan(admin, WHY);
    expect(await living()).toMatchObject({ schedule: null, cancel_at_period_end: true });
  });

  it("is refused where no plan goes on, and says when the seller does not answer", async () => {
    const { as } = await planlessTenantWith(db.database, ["tenant_admin"]);
    await expect(cancelPlan(as.tenant_admin, WHY)).rejects.toMatchObject({ code: "PreconditionFailed" });
    shop.sandbox.faults.order({ operation: "POST /v1/subscriptions/{id}", kind: "rate-limit" });
    await expect(cancelPlan(admin, WHY)).rejects.toMatchObject({ code: "Unavailable" });
    expect((await living()).cancel_at_period_end).toBe(false);
    expect(await cancelPlan(admin, WHY)).toEqual({ isCancelled: true });
  });

  it.each(ROLES.filter((role) => role !== "conductor_admin" && role !== "tenant_admin"))(
    "is refused to a %s, and so is taking it back",
    async (role) => {
      const { as } = await planlessTenantWith(db.database, [role]);
      await expect(cancelPlan(as[role], WHY)).rejects.toMatchObject({ code: "Forbidden" });
      await expect(resumePlan(as[role], {})).rejects.toMatchObject({ code: "Forbidden" });
      await expectDenial(as[role], "billing.change");
    },
  );
});

describe("billing.resume", () => {
  it("goes on as it was, and what was to end does not (case 56)", async () => {
    await cancelPlan(admin, WHY);
    expect(await resumePlan(admin, {})).toEqual({ isResumed: true });
    await expectReceipt(admin, "entitlement.sync", `customer:${customer}`);
    await advance(shop.account, 32 * DAY);
    await refreshPlan(admin, {});
    expect((await standing()).projection).toMatchObject({ status: "active", cancelAtPeriodEnd: false, endsAt: null });
  });

  it("takes back an end on any date (case 57)", async () => {
    await shop.stripe.subscriptions.update(subscription, { cancel_at: shop.account.account.clock.now() + 5 * DAY });
    await refreshPlan(admin, {});
    expect((await standing()).projection?.endsAt).not.toBeNull();
    await resumePlan(admin, {});
    expect((await standing()).projection?.endsAt).toBeNull();
  });

  it("is too late once the plan has ended", async () => {
    await cancelPlan(admin, WHY);
    await advance(shop.account, 32 * DAY);
    await expect(resumePlan(admin, {})).rejects.toMatchObject({ code: "PreconditionFailed" });
  });
});

describe("a second subscription", () => {
  it("that was found late gives back every period that it charged (case 28)", async () => {
    await advance(shop.account, 1);
    const second = await buy();
    await advance(shop.account, 32 * 86_400);
    await cancelExtra(shop.seller, [second]);
    const charges = (await shop.stripe.charges.list({ customer })).data;
    const [back, kept] = [charges.filter((each) => each.refunded), charges.filter((each) => !each.refunded)];
    expect(back.map(({ amount_refunded: cents }) => cents)).toEqual([55_700, 55_700]);
    expect(kept).toHaveLength(2);
  });

  it("is cancelled, and what it charged goes back to the card, once (case 28)", async () => {
    await advance(shop.account, 1);
    const second = await buy();
    await cancelExtra(shop.seller, [second]);
    await cancelExtra(shop.seller, [second]);
    expect((await shop.stripe.subscriptions.retrieve(second)).status).toBe("canceled");
    const { data } = await shop.stripe.refunds.list({ limit: 100 });
    const ofCustomer = (await shop.stripe.charges.list({ customer })).data.filter((each) => each.refunded);
    expect(ofCustomer.map(({ amount_refunded: cents }) => cents)).toEqual([55_700]);
    expect(data.filter(({ charge }) => charge === ofCustomer[0]?.id)).toHaveLength(1);
    const { balance } = (await shop.stripe.customers.retrieve(customer)) as { balance: number };
    expect(balance).toBe(0);
    expect((await living()).status).toBe("active");
  });
});
