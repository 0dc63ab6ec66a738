import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { billingChanges, billingCustomers, billingEvents, entitlements } from "@/db/schema";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { withoutTenant, withTenant } from "@/db/tenancy";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { standingOf } from "@/server/entitlements";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { memberContext } from "@/server/testing/actors";
import { countReceipts, eventsOf, expectReceipt, recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { syncCustomer } from "./index";
import { itemsOf, makeCustomer, useShop } from "./testing/shop";

const db = useTestDatabase();
const shop = useShop();
const PRO = { pro_base: 1, pro_seat: 2 };
let admin: TenantContext;
let customer: string;

beforeEach(async () => {
  admin = await memberContext(db.database, await makeTenant(db.database, { plan: null }), { roles: ["tenant_admin"] });
  customer = await makeCustomer(db.database, shop, admin);
});

const ctx = (by = "job:sync-customer") => ({
  ...{ database: db.database, clock: systemClock, newId, seller: shop.seller, tenantId: admin.tenantId, by },
});
const sync = () => syncCustomer(ctx(), customer);
const buy = (keys: Readonly<Record<string, number>> = PRO) =>
  shop.stripe.subscriptions.create({ customer, items: itemsOf(shop, keys) });
const standing = () => withTenant(admin, (tx) => standingOf(tx, admin.tenantId, new Date()));
const record = () =>
  withTenant(
    admin,
    async (tx) => (await tx.select().from(billingCustomers).where(eq(billingCustomers.id, customer)))[0],
  );
const file = (id: string, receivedAt: Date) =>
  withoutTenant(db, (tx) =>
    tx.insert(billingEvents).values({
      ...{ id, type: "customer.subscription.created", customerId: customer, status: "waiting" },
      ...{ happenedAt: receivedAt, receivedAt },
    }),
  );
/** A change of the living plan that is under way. */
const order = (subscriptionId: string) =>
  withTenant(admin, (tx) =>
    tx.insert(billingChanges).values({
      ...{ tenantId: admin.tenantId, id: newId("billingChange"), customerId: customer, subscriptionId },
      ...{ plan: "standard", addOns: [], moreSeats: 2, prorationDate: 0, status: "scheduled" },
      ...{ orderedBy: "somebody", orderedAt: new Date() },
    }),
  );
const fate = (id: string) =>
  withoutTenant(db, async (tx) => (await tx.select().from(billingEvents).where(eq(billingEvents.id, id)))[0]?.status);

describe("syncCustomer", () => {
  it("opens what was bought, with a receipt, an event and a version (case 4)", async () => {
    await buy();
    expect(await sync()).toMatchObject({ isChanged: true, version: 1, findings: [] });
    expect((await standing()).projection).toMatchObject({ source: "stripe", plan: "pro", seats: 12, status: "active" });
    await expectReceipt(admin, "entitlement.sync", `customer:${customer}`);
    expect(await recordedEvents(db.ownerUrl, admin.tenantId)).toEqual(["plan.changed"]);
  });

  it("changes nothing a second time, and leaves no second receipt (case 2)", async () => {
    await buy();
    await sync();
    const before = await countReceipts(admin);
    expect(await sync()).toMatchObject({ isChanged: false, version: 1 });
    expect(await countReceipts(admin)).toBe(before);
  });

  it("finds nothing where nothing was bought", async () => {
    expect(await sync()).toMatchObject({ isChanged: false, version: 0 });
    expect((await standing()).projection).toBeNull();
  });

  it("tells what was and what is, once, to whatever takes something away (case 108)", async () => {
    const { id } = await buy();
    await sync();
    await shop.stripe.subscriptions.cancel(id);
    await sync();
    await sync();
    const told = (await eventsOf(db.ownerUrl, admin.tenantId)).filter(({ name }) => name === "plan.changed");
    expect(told.map(({ payload }) => payload)).toMatchObject([
      { version: 1, before: null, after: { plan: "pro", status: "active" } },
      { version: 2, before: { plan: "pro", status: "active" }, after: { plan: "pro", status: "canceled" } },
    ]);
  });

  it("goes by whether the invoice is paid, not by how: elsewhere, or with nothing to pay (case 105)", async () => {
    const invoiced = await shop.stripe.subscriptions.create({
      ...{ customer, items: itemsOf(shop, PRO), collection_method: "send_invoice", days_until_due: 1 },
      expand: ["latest_invoice"],
    });
    await advance(shop.account, 3 * 86_400);
    await sync();
    expect((await standing()).projection).toMatchObject({ status: "past_due" });
    const { latest_invoice: invoice } = invoiced;
    if (invoice === null || typeof invoice === "string") throw new Error("an invoice was made");
    await shop.stripe.invoices.pay(invoice.id, { paid_out_of_band: true });
    await sync();
    expect((await standing()).projection).toMatchObject({ status: "active", graceUntil: null });
  });

  it("changes nothing for a charge that was given back: whoever does that ends the plan by itself (case 104)", async () => {
    await buy();
    await sync();
    const [charge] = (await shop.stripe.charges.list({ customer })).data;
    await shop.stripe.refunds.create({ charge: charge?.id ?? "" });
    expect(await sync()).toMatchObject({ isChanged: false, findings: [] });
  });

  it("takes no answer for a customer that is none (case 110)", async () => {
    await buy();
    await sync();
    const seller = {
      ...shop.seller,
      stripe: Object.create(shop.stripe, {
        customers: { value: { retrieve: () => Promise.resolve({}) } },
      }) as typeof shop.stripe,
    };
    await expect(syncCustomer({ ...ctx(), seller }, customer)).rejects.toMatchObject({ code: "Unavailable" });
    expect((await standing()).projection).toMatchObject({ plan: "pro", status: "active" });
    expect(await sync()).toMatchObject({ isChanged: false });
  });

  it("closes what was cancelled, when it ended", async () => {
    const { id } = await buy();
    await sync();
    await shop.stripe.subscriptions.cancel(id);
    expect(await sync()).toMatchObject({ isChanged: true, version: 2 });
    const { projection, access } = await standing();
    expect(projection).toMatchObject({ status: "canceled", plan: "pro" });
    expect(access.features.size).toBe(0);
    expect(access.mayStartRuns).toBe(false);
  });

  it("writes once for twenty who look at the same time, each of whom sees it", async () => {
    await buy();
    const all = await Promise.all(Array.from({ length: 20 }, sync));
    expect(all.filter(({ isChanged }) => isChanged)).toHaveLength(1);
    expect(new Set(all.map(({ version }) => version))).toEqual(new Set([1]));
    expect(await record()).toMatchObject({ leaseToken: null, leaseUntil: null });
  });

  it("marks events done that came before it looked, and no later ones", async () => {
    const [early, late] = [newId("event"), newId("event")];
    await file(early, new Date(Date.now() - 1_000));
    await file(late, new Date(Date.now() + 60_000));
    await sync();
    expect([await fate(early), await fate(late)]).toEqual(["done", "waiting"]);
  });

  it("lets go of the customer when the seller does not answer, and nothing is lost", async () => {
    await buy();
    shop.sandbox.faults.order({ operation: "GET /v1/invoices", kind: "rate-limit" });
    await expect(sync()).rejects.toMatchObject({ code: "Unavailable" });
    expect(await record()).toMatchObject({ leaseToken: null });
    expect(await sync()).toMatchObject({ isChanged: true });
  });

  it("writes nothing under a lease that was lost: what was fetched later counts", async () => {
    const { id } = await buy();
    const held = Promise.withResolvers<void>();
    shop.sandbox.faults.order({ operation: "GET /v1/invoices", kind: "hold", until: held.promise });
    const slow = sync();
    await expect.poll(async () => (await record())?.leaseToken).not.toBeNull();
    await expect.poll(() => shop.sandbox.faults.isEmpty()).toBe(true);
    // It is held for longer than a lease lasts; whoever took it over has died in turn.
    await withTenant(admin, (tx) =>
      tx
        .update(billingCustomers)
        .set({ leaseToken: "another", leaseUntil: new Date(Date.now() - 1_000) })
        .where(eq(billingCustomers.id, customer)),
    );
    await shop.stripe.subscriptions.cancel(id);
    held.resolve();
    // One version alone: the living subscription that was fetched first was never written.
    expect(await slow).toMatchObject({ isChanged: true, version: 1 });
    expect((await standing()).projection).toMatchObject({ status: "canceled" });
  });

  it("believes nothing of a customer that is tagged as another tenant's, and says so once (cases 46 and 60)", async () => {
    await buy();
    await shop.stripe.customers.update(customer, { metadata: { tenant_id: "ten_other" } });
    expect(await sync()).toMatchObject({ isChanged: false, findings: [{ reason: "foreign-tenant" }] });
    await expectReceipt(admin, "billing.flag", `customer:${customer}`);
    const before = await countReceipts(admin);
    await sync();
    expect(await countReceipts(admin)).toBe(before);
    expect((await standing()).projection).toBeNull();
  });

  it("names a second subscription as one to cancel, and keeps the first", async () => {
    const first = await buy();
    // What was made within one second cannot be told apart by its age.
    await advance(shop.account, 1);
    const second = await buy({ enterprise_base: 1 });
    const { toCancel } = await sync();
    expect(toCancel).toEqual([second.id]);
    expect((await standing()).projection).toMatchObject({ plan: "pro" });
    expect(first.id).not.toBe(second.id);
  });

  it("ends what a deleted customer had, and keeps its id as ended", async () => {
    await buy();
    await sync();
    await shop.stripe.customers.del(customer);
    expect(await sync()).toMatchObject({ findings: [{ reason: "customer-deleted" }] });
    expect(await record()).toMatchObject({ id: customer, endedAt: expect.any(Date) as Date });
    expect((await standing()).projection).toMatchObject({ status: "canceled" });
    const rows = await withTenant(admin, (tx) => tx.select().from(entitlements));
    expect(rows).toHaveLength(1);
  });

  it("takes nothing from what a tenant bought again, however late it hears of the customer that was deleted (case 59)", async () => {
    await buy();
    await sync();
    const first = customer;
    await shop.stripe.customers.del(first);
    await sync();
    customer = await makeCustomer(db.database, shop, admin);
    const again = await buy();
    await sync();
    await order(again.id);
    expect(await syncCustomer(ctx(), first)).toMatchObject({ isChanged: false });
    expect((await standing()).projection).toMatchObject({ plan: "pro", status: "active" });
    expect(await withTenant(admin, (tx) => tx.select().from(billingChanges))).toMatchObject([{ status: "scheduled" }]);
  });
});
