import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { billingCustomers, billingEvents, billingLooks } from "@/db/schema";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { withoutTenant, withSystem, withTenant } from "@/db/tenancy";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { standingOf } from "@/server/entitlements";
import { readMetrics } from "@/server/health/metrics";
import { newId } from "@/server/kernel/ids";
import { memberContext } from "@/server/testing/actors";
import { countReceipts, expectReceipt, recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import {
  backfillEvents,
  compareOurs,
  compareTheirs,
  type Difference,
  noteLook,
  purgeEvents,
  replayEvents,
  syncCustomer,
  tendInbox,
} from "./index";
import { lastLook } from "./look";
import { receiveEvent } from "./receive-event";
import { itemsOf, makeCustomer, makeStranger, useShop } from "./testing/shop";

const db = useTestDatabase();
const shop = useShop();
const PRO = { pro_base: 1, pro_seat: 2 };
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
let admin: TenantContext;
let customer: string;

beforeEach(async () => {
  admin = await memberContext(db.database, await makeTenant(db.database, { plan: null }), { roles: ["tenant_admin"] });
  customer = await makeCustomer(db.database, shop, admin);
  await withoutTenant(db, (tx) => tx.update(billingEvents).set({ status: "done" }));
});

/** Our time is the seller's, which tests move, and a little later. */
const ctx = (later = 0) => ({
  ...{ database: db.database, newId, seller: shop.seller },
  clock: { now: () => new Date(shop.account.account.clock.now() * 1000 + later) },
});
const sync = (later = 0) => syncCustomer({ ...ctx(later), tenantId: admin.tenantId, by: "test" }, customer);
const buy = (of = customer, keys: Readonly<Record<string, number>> = PRO) =>
  shop.stripe.subscriptions.create({ customer: of, items: itemsOf(shop, keys) });
const standing = () =>
  withTenant(admin, async (tx) => (await standingOf(tx, admin.tenantId, ctx().clock.now())).projection);
const asked = async () =>
  (await recordedEvents(db.ownerUrl, admin.tenantId)).filter((name) => name === "customer.touched").length;
const fate = (id: string) =>
  withoutTenant(db, async (tx) => (await tx.select().from(billingEvents).where(eq(billingEvents.id, id)))[0]);
const keep = (over: Partial<typeof billingEvents.$inferInsert> = {}) => {
  const id = newId("event");
  const at = ctx().clock.now();
  const row = { id, type: "customer.subscription.updated", customerId: customer, status: "waiting" as const };
  return withoutTenant(db, async (tx) => {
    await tx.insert(billingEvents).values({ ...row, happenedAt: at, receivedAt: at, ...over });
    return id;
  });
};
async function compareAll(later = 2 * HOUR): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const compare of [compareTheirs, compareOurs])
    for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const page = await compare(ctx(later), after);
      found.push(...page.found);
      after = page.next;
    }
  return found;
}
const about = (found: readonly Difference[], object: string) => found.filter((each) => each.object === object);

describe("backfillEvents", () => {
  const missed = async (later: number) => (await backfillEvents(ctx(later))).missed;

  it("receives what never came, once, and counts it (cases 19, 112)", async () => {
    await backfillEvents(ctx(10 * MINUTE));
    await advance(shop.account, 20 * 60);
    await buy();
    expect(await missed(10 * MINUTE)).toBeGreaterThan(2);
    expect(await asked()).toBeGreaterThan(2);
    const before = await asked();
    expect(await missed(20 * MINUTE)).toBe(0);
    expect(await asked()).toBe(before);
    expect(await lastLook(ctx(), "events")).toMatchObject({ open: [] });
    const metrics = await readMetrics(db.database);
    const drift = metrics.find(({ name }) => name === "conductor_billing_drift_total");
    expect(drift?.samples.find(({ labels }) => labels.kind === "missed-event")?.value).toBeGreaterThan(2);
  });

  it("counts nothing that came by itself, and leaves what is on its way", async () => {
    await backfillEvents(ctx(10 * MINUTE));
    await advance(shop.account, 20 * 60);
    await buy();
    for await (const event of shop.stripe.events.list({ limit: 100 })) await receiveEvent(ctx(), event);
    expect(await missed(10 * MINUTE)).toBe(0);
    await advance(shop.account, 20 * 60);
    await shop.stripe.customers.update(customer, { name: "Acme" });
    expect(await missed(MINUTE)).toBe(0);
    expect(await missed(10 * MINUTE)).toBe(1);
  });

  it("begins again where it began when the seller breaks off", async () => {
    await backfillEvents(ctx(10 * MINUTE));
    await advance(shop.account, 20 * 60);
    await shop.stripe.customers.update(customer, { name: "Acme" });
    shop.sandbox.faults.order({ operation: "GET /v1/events", kind: "rate-limit" });
    await expect(backfillEvents(ctx(10 * MINUTE))).rejects.toMatchObject({ statusCode: 429 });
    expect(await missed(10 * MINUTE)).toBe(1);
  });

  it("says that everything is to be compared after days without a look, and asks for 30 days at most (case 19)", async () => {
    await backfillEvents(ctx(10 * MINUTE));
    expect(await backfillEvents(ctx(2 * DAY))).toMatchObject({ wasLongAway: false });
    expect(await backfillEvents(ctx(6 * DAY))).toMatchObject({ wasLongAway: true });
    expect(await backfillEvents(ctx(90 * DAY))).toMatchObject({ wasLongAway: true });
    await withSystem(db, "reconcile-billing", (tx) => tx.update(billingLooks).set({ lookedAt: ctx().clock.now() }));
  });
});

describe("tendInbox", () => {
  const tend = (later = 0) => tendInbox(ctx(later));

  it("lets in events of a customer that nobody knew when they came (case 23)", async () => {
    const event = await keep({ status: "quarantined", note: "unknown-customer" });
    const unknown = await keep({ status: "quarantined", note: "unknown-customer", customerId: "cus_nobody" });
    expect(await tend()).toMatchObject({ released: 1, asked: 0, dead: [] });
    expect(await fate(event)).toMatchObject({ status: "waiting", note: null, settledAt: null });
    expect(await fate(unknown)).toMatchObject({ status: "quarantined" });
    expect(await asked()).toBe(1);
  });

  it("does not let in what was not believed for another reason (cases 15, 16)", async () => {
    const event = await keep({ status: "quarantined", note: "live-and-test" });
    expect(await tend()).toMatchObject({ released: 0 });
    expect(await fate(event)).toMatchObject({ status: "quarantined" });
  });

  it("asks again for what waits for too long, then gives it up with a receipt, until it is replayed (case 25)", async () => {
    const event = await keep();
    expect(await tend(10 * MINUTE)).toMatchObject({ asked: 0 });
    for (let nth = 1; nth <= 5; nth += 1) {
      expect(await tend(nth * HOUR)).toMatchObject({ asked: 1, dead: [] });
      expect(await fate(event)).toMatchObject({ status: "waiting", attempts: nth });
    }
    const { dead } = await tend(6 * HOUR);
    expect(dead).toMatchObject([{ kind: "dead-event", object: event, tenantId: admin.tenantId, isRepaired: false }]);
    expect(await fate(event)).toMatchObject({ status: "dead", note: "tried-too-often" });
    await expectReceipt(admin, "billing.give_up", `customer:${customer}`);
    expect(await tend(7 * HOUR)).toMatchObject({ asked: 0, dead: [] });
    const before = await asked();
    expect(await replayEvents(ctx(), event)).toEqual([event]);
    expect(await fate(event)).toMatchObject({ status: "waiting", attempts: 0 });
    expect(await asked()).toBe(before + 1);
    await sync(HOUR);
    expect(await fate(event)).toMatchObject({ status: "done" });
  });

  it("replays all that are dead, and none that is done or of nobody here (case 25)", async () => {
    const [dead, done] = [await keep({ status: "dead" }), await keep({ status: "done" })];
    await keep({ status: "dead", customerId: "cus_nobody" });
    expect(await replayEvents(ctx(), null)).toEqual([dead]);
    expect(await replayEvents(ctx(), done)).toEqual([]);
    expect(await replayEvents(ctx(), "evt_nothing")).toEqual([]);
  });
});

describe("the comparison of everything", () => {
  it("finds nothing where nothing differs, and changes nothing (case 112)", async () => {
    await buy();
    await sync();
    await compareAll();
    const before = await countReceipts(admin);
    expect(about(await compareAll(), customer)).toEqual([]);
    expect(await countReceipts(admin)).toBe(before);
  });

  it("brings a purchase in of which nothing was ever told (cases 31, 112)", async () => {
    await buy();
    expect(about(await compareAll(), customer)).toMatchObject([{ kind: "differs", isRepaired: true }]);
    expect(await standing()).toMatchObject({ plan: "pro", status: "active" });
    await expectReceipt(admin, "entitlement.sync", `customer:${customer}`);
  });

  it("ends what a deleted customer had though no webhook said so (case 59)", async () => {
    await buy();
    await sync();
    await shop.stripe.customers.del(customer);
    expect(about(await compareAll(), customer)).toMatchObject([{ kind: "db-only", isRepaired: true }]);
    expect(await standing()).toMatchObject({ status: "canceled" });
    expect(about(await compareAll(), customer)).toEqual([]);
  });

  it("cancels the second of two subscriptions of which nobody was told (case 28)", async () => {
    await buy();
    await advance(shop.account, 1);
    const second = await buy(customer, { enterprise_base: 1 });
    expect(about(await compareAll(), customer)).toMatchObject([{ kind: "differs", isRepaired: true }]);
    expect(await shop.stripe.subscriptions.retrieve(second.id)).toMatchObject({ status: "canceled" });
    expect(await standing()).toMatchObject({ plan: "pro" });
  });

  it("takes in a customer that was made here and never written down (case 27)", async () => {
    const other = await memberContext(db.database, await makeTenant(db.database, { plan: null }), {
      roles: ["tenant_admin"],
    });
    const id = await makeStranger(shop, { tenant_id: other.tenantId, deployment: shop.seller.deployment });
    await buy(id);
    expect(about(await compareAll(0), id)).toEqual([]);
    expect(about(await compareAll(), id)).toMatchObject([
      { kind: "stripe-only", tenantId: other.tenantId, isRepaired: true },
    ]);
    expect((await withTenant(other, (tx) => standingOf(tx, other.tenantId, new Date()))).projection).toMatchObject({
      plan: "pro",
    });
  });

  it("leaves a customer that is billed and nobody's to a person, and one that is not billed to nobody (cases 17, 23)", async () => {
    const [billed, free] = [await makeStranger(shop), await makeStranger(shop)];
    const elsewhere = await makeStranger(shop, { deployment: "us.example.com" });
    await buy(billed);
    await buy(elsewhere);
    const ended = await makeStranger(shop, { tenant_id: newId("tenant"), deployment: shop.seller.deployment });
    const { id } = await buy(ended);
    await shop.stripe.subscriptions.cancel(id);
    const found = await compareAll();
    expect(about(found, billed)).toMatchObject([{ kind: "stripe-only", isRepaired: false }]);
    for (const nobody of [free, elsewhere, ended]) expect(about(found, nobody)).toEqual([]);
  });

  it("leaves a second customer of a tenant to a person where it is billed", async () => {
    const second = await makeStranger(shop, { tenant_id: admin.tenantId, deployment: shop.seller.deployment });
    await buy(second);
    const [difference] = about(await compareAll(), second);
    expect(difference).toMatchObject({ kind: "stripe-only", tenantId: admin.tenantId, isRepaired: false });
    expect(difference?.detail).toContain(customer);
  });

  it("finds what was made by hand: a known price counts, another is left to a person (cases 17, 61)", async () => {
    await buy();
    expect(await compareAll()).not.toEqual([]);
    expect(await standing()).toMatchObject({ plan: "pro" });
    const [price] = [
      await shop.stripe.prices.create({
        ...{ currency: "usd", unit_amount: 500, recurring: { interval: "month" } },
        product_data: { name: "By hand" },
      }),
    ];
    const other = await memberContext(db.database, await makeTenant(db.database, { plan: null }), {
      roles: ["tenant_admin"],
    });
    const byHand = await makeCustomer(db.database, shop, other);
    await shop.stripe.subscriptions.create({ customer: byHand, items: [{ price: price.id }] });
    const [difference] = about(await compareAll(), byHand);
    expect(difference).toMatchObject({ kind: "differs", isRepaired: false });
    expect(difference?.detail).toContain("unknown-price");
    await expectReceipt(other, "billing.flag", `customer:${byHand}`);
  });

  it("leaves two plans in one subscription to a person, and what there was stays (case 62)", async () => {
    await buy(customer, { ...PRO, enterprise_base: 1 });
    expect(about(await compareAll(), customer)).toMatchObject([{ kind: "differs", isRepaired: false }]);
    expect(await standing()).toBeNull();
  });

  it("tells of a customer that the seller does not know, and compares the others all the same", async () => {
    const other = await memberContext(db.database, await makeTenant(db.database, { plan: null }), {
      roles: ["tenant_admin"],
    });
    await withTenant(other, (tx) =>
      tx
        .insert(billingCustomers)
        .values({ tenantId: other.tenantId, id: "cus_000", createdAt: new Date(), findings: [] }),
    );
    await buy();
    const found = await compareAll();
    expect(about(found, "cus_000")).toMatchObject([{ kind: "db-only", isRepaired: false }]);
    expect(about(found, customer)).toMatchObject([{ kind: "differs", isRepaired: true }]);
    await withTenant(other, (tx) => tx.delete(billingCustomers).where(eq(billingCustomers.id, "cus_000")));
  });

  it("keeps what a person is to see to, and counts what was found (case 112)", async () => {
    const found: Difference[] = [
      { kind: "differs", object: "cus_a", tenantId: null, detail: "was", isRepaired: true },
      { kind: "stripe-only", object: "cus_b", tenantId: null, detail: "is billed", isRepaired: false },
    ];
    for (let time = 0; time < 2; time += 1) await noteLook(ctx(), { id: "customers", lookedAt: new Date(), found });
    expect(await lastLook(ctx(), "customers")).toMatchObject({
      ...{ found: { differs: 2, "stripe-only": 2 }, open: [found[1]] },
    });
    const metrics = await readMetrics(db.database);
    const open = metrics.find(({ name }) => name === "conductor_billing_drift_open");
    expect(open?.samples).toContainEqual({ labels: { kind: "stripe-only" }, value: 1 });
  });
});

describe("purgeEvents", () => {
  it("deletes what is done with once the seller cannot be asked for it, and nothing that somebody is to see to", async () => {
    const at = new Date(Date.now() - 36 * DAY);
    const old = { happenedAt: at, receivedAt: at };
    const gone = [await keep({ ...old, status: "done" }), await keep({ ...old, status: "quarantined" })];
    const kept = [await keep({ ...old, status: "dead" }), await keep({ ...old, status: "waiting" })];
    kept.push(await keep({ status: "done", receivedAt: new Date(Date.now() - 31 * DAY) }));
    expect(await purgeEvents(db, new Date())).toBe(2);
    for (const id of gone) expect(await fate(id)).toBeUndefined();
    for (const id of kept) expect(await fate(id)).toBeDefined();
  });
});
