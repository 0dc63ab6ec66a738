import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { billingEvents, billingNotices } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/test-database";
import { withoutTenant, withTenant } from "@/db/tenancy";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { closeDispute, openDispute } from "@/e2e/sandbox/stripe/objects/disputes";
import { standingOf } from "@/server/entitlements";
import { newId } from "@/server/kernel/ids";
import { expectReceipt, recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import {
  backfillEvents,
  compareOurs,
  nameDisputed,
  previewChange,
  receiveEvent,
  refreshPlan,
  tendInbox,
} from "./index";
import { placeSeller } from "./seller";
import { clockOf, makeBuyer } from "./testing/buyer";
import { itemsOf, useShop } from "./testing/shop";

const db = useTestDatabase();
const shop = useShop();
const DAY = 86_400;
const clock = clockOf(shop);
let admin: TenantContext;
let customer: string;

beforeAll(() => placeSeller(shop.seller));
afterAll(() => placeSeller(undefined));
beforeEach(async () => {
  ({ admin, customer } = await makeBuyer(db.database, shop));
  await shop.stripe.subscriptions.create({ customer, items: itemsOf(shop, { pro_base: 1, pro_seat: 2 }) });
  await refreshPlan(admin, {});
});

const ctx = () => ({ database: db.database, clock, newId, seller: shop.seller });
async function dispute(): Promise<string> {
  const [charge] = (await shop.stripe.charges.list({ customer, limit: 1 })).data;
  const { id } = openDispute(shop.account.account, charge?.id ?? "");
  return id;
}
const close = (id: string, how: "won" | "lost") => closeDispute(shop.account.account, id, how);
const access = async () =>
  (await withTenant(admin, (tx) => standingOf(tx, admin.tenantId, clock.now()))).access.mayStartRuns;
const kinds = async () =>
  (await withTenant(admin, (tx) => tx.select().from(billingNotices))).map(({ kind }) => kind).sort();
const more = () => previewChange(admin, { plan: "enterprise", addOns: [], moreSeats: 0 });
const less = () => previewChange(admin, { plan: "standard", addOns: [], moreSeats: 0 });

describe("a disputed payment", () => {
  it("closes nothing, is told once, and holds what would be added until the bank decides (case 104)", async () => {
    await dispute();
    await refreshPlan(admin, {});
    await refreshPlan(admin, {});
    expect(await access()).toBe(true);
    expect(await kinds()).toEqual(["disputed"]);
    await expectReceipt(admin, "billing.flag", `customer:${customer}`);
    await expect(more()).rejects.toMatchObject({ code: "PreconditionFailed", details: { reason: "disputed" } });
    expect(await less()).toMatchObject({ takesEffect: "renewal" });
  });

  it("is told to the operator by each comparison for as long as it is open (case 104)", async () => {
    const id = await dispute();
    const ofUs = async () => (await compareOurs(ctx(), null)).found.filter(({ object }) => object === customer);
    expect(await ofUs()).toMatchObject([{ kind: "differs", isRepaired: false, detail: `payment-disputed: ${id}` }]);
    close(id, "won");
    expect(await ofUs()).toEqual([]);
  });

  it("that is won leaves everything as it was (case 104)", async () => {
    close(await dispute(), "won");
    await refreshPlan(admin, {});
    expect(await access()).toBe(true);
    expect(await more()).toMatchObject({ takesEffect: "now" });
  });

  it("that is lost leaves the plan to be read, until the next invoice is paid (case 104)", async () => {
    close(await dispute(), "lost");
    await refreshPlan(admin, {});
    expect(await access()).toBe(false);
    expect(await kinds()).toEqual(["dispute-lost", "disputed"]);
    await advance(shop.account, 32 * DAY);
    await refreshPlan(admin, {});
    expect(await access()).toBe(true);
  });

  it("is of whoever the seller says its charge is, as its event names no customer (case 104)", async () => {
    const id = await dispute();
    const all = (await shop.stripe.events.list({ limit: 100 })).data;
    const event = all.find(
      ({ type, data }) => type === "charge.dispute.created" && "id" in data.object && data.object.id === id,
    );
    if (event === undefined) throw new Error("the seller tells of disputes");
    expect(await receiveEvent(ctx(), event)).toBe("new");
    const kept = () =>
      withoutTenant(db, async (tx) => (await tx.select().from(billingEvents).where(eq(billingEvents.id, event.id)))[0]);
    expect(await kept()).toMatchObject({ status: "waiting", customerId: null });
    expect(await nameDisputed(ctx())).toBe(1);
    await tendInbox(ctx());
    expect(await kept()).toMatchObject({ status: "waiting", customerId: customer });
    expect(await recordedEvents(db.ownerUrl, admin.tenantId)).toContain("customer.touched");
    expect(await nameDisputed(ctx())).toBe(0);
  });

  it("is found with the events that never came (cases 19 and 104)", async () => {
    const later = { ...ctx(), clock: { now: () => new Date(clock.now().getTime() + 600_000) } };
    await backfillEvents(later);
    await nameDisputed(later);
    await advance(shop.account, 1_200);
    await dispute();
    await backfillEvents(later);
    // That it was opened, and that its money was withdrawn.
    expect(await nameDisputed(later)).toBe(2);
  });

  it("is looked at again with the next hour where the seller does not answer (case 104)", async () => {
    await dispute();
    const [event] = (await shop.stripe.events.list({ type: "charge.dispute.created", limit: 1 })).data;
    if (event === undefined) throw new Error("the seller tells of disputes");
    await receiveEvent(ctx(), event);
    shop.sandbox.faults.order({ operation: "GET /v1/charges/{id}", kind: "rate-limit" });
    expect(await nameDisputed(ctx())).toBe(0);
    expect(await nameDisputed(ctx())).toBe(1);
  });
});
