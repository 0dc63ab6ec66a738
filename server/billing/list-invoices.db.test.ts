import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { ROLES } from "@/policies/access/vocabulary";
import { memberContext, planlessTenantWith } from "@/server/testing/actors";
import { expectDenial } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { cancelPlan, getPayment, listInvoices, refreshPlan } from "./index";
import { placeSeller } from "./seller";
import { itemsOf, makeCustomer, useShop } from "./testing/shop";

const db = useTestDatabase();
const shop = useShop();
const DAY = 86_400;
let admin: TenantContext;
let customer: string;

beforeAll(() => placeSeller(shop.seller));
afterAll(() => placeSeller(undefined));
beforeEach(async () => {
  admin = await memberContext(db.database, await makeTenant(db.database, { plan: null }), { roles: ["tenant_admin"] });
  customer = await makeCustomer(db.database, shop, admin);
});

const buy = (more: object = {}) =>
  shop.stripe.subscriptions.create({ customer, items: itemsOf(shop, { pro_base: 1, pro_seat: 2 }), ...more });

describe("billing.invoices", () => {
  it("shows the newest first with pages to read and files, a page of twenty at a time", async () => {
    await buy();
    for (let month = 0; month < 21; month += 1) await advance(shop.account, 31 * DAY);
    const first = await listInvoices(admin, {});
    expect(first.rows).toHaveLength(20);
    const cursor = first.nextCursor ?? "";
    const rest = await listInvoices(admin, { cursor });
    expect(rest).toMatchObject({ nextCursor: null });
    const all = [...first.rows, ...rest.rows];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.map(({ madeAt }) => madeAt)).toEqual([...all.map(({ madeAt }) => madeAt)].sort().reverse());
    expect(all.at(-1)).toMatchObject({ status: "paid", totalCents: 55_700, dueCents: 0, currency: "usd" });
    expect(all.at(-1)?.page).toContain(shop.sandbox.url);
  });

  it("has nothing for a tenant that never bought, and nothing of another tenant's", async () => {
    await buy();
    const { as } = await planlessTenantWith(db.database, ["tenant_admin"]);
    expect(await listInvoices(as.tenant_admin, {})).toEqual({ rows: [], nextCursor: null });
    const [mine] = (await listInvoices(admin, {})).rows;
    expect(await listInvoices(as.tenant_admin, { cursor: mine?.id ?? "" })).toEqual({ rows: [], nextCursor: null });
  });

  it("is Unavailable while the seller does not answer, and refuses a place that the list has not", async () => {
    shop.sandbox.faults.order({ operation: "GET /v1/invoices", kind: "rate-limit" });
    await expect(listInvoices(admin, {})).rejects.toMatchObject({ code: "Unavailable" });
    for (const cursor of ["in_nobody", "nonsense"])
      await expect(listInvoices(admin, { cursor })).rejects.toMatchObject({ code: "Invalid" });
  });

  it.each(ROLES.filter((role) => role !== "conductor_admin" && role !== "tenant_admin"))(
    "is refused to a %s, as how the tenant pays is",
    async (role) => {
      const { as } = await planlessTenantWith(db.database, [role]);
      await expect(listInvoices(as[role], {})).rejects.toMatchObject({ code: "Forbidden" });
      await expect(getPayment(as[role], {})).rejects.toMatchObject({ code: "Forbidden" });
      await expectDenial(as[role], "billing.read");
    },
  );
});

describe("billing.payment", () => {
  it("tells the card on file, the next invoice with its discount (case 85), and nothing more of the card", async () => {
    const coupon = await shop.stripe.coupons.create({ percent_off: 10, duration: "forever" });
    await buy({ discounts: [{ coupon: coupon.id }] });
    const told = await getPayment(admin, {});
    expect(told).toMatchObject({
      ...{ method: { brand: "visa", last4: "4242" }, open: [], balanceCents: 0 },
      next: { totalCents: 50_130, discountCents: 5_570, currency: "usd" },
    });
    expect(Object.keys(told.method ?? {}).sort()).toEqual(["brand", "expires", "last4"]);
  });

  it("tells what is open and when it is tried again (case 103), and of no next invoice after a cancellation", async () => {
    await buy();
    await refreshPlan(admin, {});
    const method = await shop.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
    await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    await advance(shop.account, 32 * DAY);
    const { open } = await getPayment(admin, {});
    expect(open).toMatchObject([{ status: "open", dueCents: 55_700, attempts: 1 }]);
    expect(open[0]?.nextAttemptAt).not.toBeNull();
    await cancelPlan(admin, { reason: "other", comment: "" });
    expect((await getPayment(admin, {})).next).toBeNull();
  });

  it("tells nothing of a tenant that never bought", async () => {
    const { as } = await planlessTenantWith(db.database, ["tenant_admin"]);
    expect(await getPayment(as.tenant_admin, {})).toEqual({ method: null, next: null, open: [], balanceCents: 0 });
  });
});
