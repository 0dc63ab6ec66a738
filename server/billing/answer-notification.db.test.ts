import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { billingEvents } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/test-database";
import { withoutTenant } from "@/db/tenancy";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { signatureHeader } from "@/e2e/sandbox/stripe/account/signature";
import { newId } from "@/server/kernel/ids";
import { expectReceipt } from "@/server/testing/records";
import { answerNotification, answerWebhook, holdUncounted, pushUsage, releaseUsage, stripeUsageSink } from "./index";
import { compareUsage } from "./compare-usage";
import { itemsOf, makeCustomer, useShop } from "./testing/shop";
import { makeUsingTenant, type UsingTenant } from "./testing/use";
import { METER_EVENT } from "./usage-sink";

const db = useTestDatabase();
const shop = useShop();
const SECRET = `whsec_${"n".repeat(32)}`;
const HOUR = 3_600;
let tenant: UsingTenant;
let customer: string;

const seconds = () => shop.account.account.clock.now();
const now = () => new Date(seconds() * 1_000);
const ctx = () => ({ database: db.database, newId, seller: shop.seller, clock: { now } });
const usage = () => ({ ...ctx(), tenantId: tenant.tenantId, customerId: customer });
const push = () => pushUsage(ctx(), { tenantId: tenant.tenantId, id: customer });
const statuses = async () => (await tenant.reports()).map(({ status }) => status);
const counted = () =>
  stripeUsageSink(shop.stripe).counted(
    customer,
    new Date((Math.floor(seconds() / 60) * 60 - 86_400) * 1_000),
    new Date((Math.floor(seconds() / 60) * 60 + 60) * 1_000),
  );

/** The thin events that the account told since, as they are sent: without their data. */
function notifications(after: number): Record<string, unknown>[] {
  return shop.account.account.store
    .all("v2.core.event")
    .slice(0, -after || undefined)
    .map(({ data: _data, ...notification }) => notification);
}
const thinCount = () => shop.account.account.store.all("v2.core.event").length;

function post(event: object, answer = answerNotification, secret = SECRET) {
  const body = JSON.stringify(event);
  const headers = {
    ...{ "content-type": "application/json" },
    "stripe-signature": signatureHeader(body, [secret], seconds()),
  };
  return answer(new Request("http://localhost:3000/api/stripe/events", { method: "POST", headers, body }), {
    ...{ database: db.database, clock: { now }, seller: shop.seller, secrets: [SECRET] },
  });
}
const kept = (id: unknown) =>
  withoutTenant(
    db,
    async (tx) =>
      (
        await tx
          .select()
          .from(billingEvents)
          .where(eq(billingEvents.id, String(id)))
      )[0],
  );

beforeEach(async () => {
  await advance(shop.account, HOUR - (seconds() % HOUR) + 120);
  tenant = await makeUsingTenant(db.database);
  customer = await makeCustomer(db.database, shop, tenant.admin);
  const [base, metered] = itemsOf(shop, { pro_base: 1, pro_usage: 1 });
  await shop.stripe.subscriptions.create({
    customer,
    items: [{ price: base?.price ?? "" }, { price: metered?.price ?? "" }],
  });
  await advance(shop.account, HOUR);
  await tenant.use(new Date((seconds() - HOUR + 60) * 1_000), 5_000);
});

/** An hour's use that the meter does not count, since it is archived, and what is told of it. */
async function uncounted(): Promise<Record<string, unknown>> {
  const { data } = await shop.stripe.billing.meters.list({ limit: 100 });
  const meter = data.find(({ event_name: name }) => name === METER_EVENT);
  const before = thinCount();
  await shop.stripe.billing.meters.deactivate(meter?.id ?? "");
  await advance(shop.account, HOUR);
  await push();
  await shop.stripe.billing.meters.reactivate(meter?.id ?? "");
  const [told] = notifications(before);
  if (told === undefined) throw new Error("an archived meter is told of");
  return told;
}

describe("a thin event", () => {
  it("of use that was not counted is kept once, and the report of it held (cases 21, 96)", async () => {
    const told = await uncounted();
    expect(await statuses()).toEqual(["sent"]);
    expect(await (await post(told)).json()).toMatchObject({ received: true, duplicate: false });
    expect(await (await post(told)).json()).toMatchObject({ duplicate: true });
    expect(await holdUncounted(ctx())).toMatchObject([{ kind: "usage", tenantId: tenant.tenantId, isRepaired: false }]);
    expect(await statuses()).toEqual(["held"]);
    expect(await kept(told.id)).toMatchObject({ status: "done" });
    expect(await holdUncounted(ctx())).toEqual([]);
  });

  it("holds the later use of its tenant too, until it is released, and then all of it counts once (case 96)", async () => {
    await post(await uncounted());
    await holdUncounted(ctx());
    await tenant.use(new Date((seconds() - 600) * 1_000), 2_000);
    await advance(shop.account, HOUR);
    await push();
    expect(await statuses()).toEqual(["held", "waiting"]);
    expect(await compareUsage(usage(), stripeUsageSink(shop.stripe))).toMatchObject([
      { kind: "usage", isRepaired: false },
    ]);
    expect(await releaseUsage({ ...usage(), by: "system" })).toBe(1);
    await expectReceipt(tenant.admin, "usage.release", `tenant:${tenant.tenantId}`);
    await push();
    await push();
    expect(await statuses()).toEqual(["sent", "sent"]);
    expect(await counted()).toBe(7);
    expect(await releaseUsage({ ...usage(), by: "system" })).toBe(0);
  });

  it("that cannot be fetched is tried five times and then dead (case 25)", async () => {
    const told = { ...(await uncounted()), id: "evt_test_nothing" };
    await post(told);
    for (let nth = 1; nth <= 5; nth += 1) await holdUncounted(ctx());
    expect(await kept(told.id)).toMatchObject({ status: "dead", attempts: 5 });
    expect(await statuses()).toEqual(["sent"]);
  });

  it("of another kind or mode is kept with the reason, and holds nothing (cases 15, 22)", async () => {
    const told = await uncounted();
    await post({ ...told, id: "evt_test_kind", type: "v1.something.new" });
    await post({ ...told, id: "evt_test_live", livemode: true });
    expect(await kept("evt_test_kind")).toMatchObject({ status: "ignored", note: "not-asked-for" });
    expect(await kept("evt_test_live")).toMatchObject({ status: "quarantined", note: "live-and-test" });
    expect(await holdUncounted(ctx())).toEqual([]);
  });

  it("is refused without a good signature, and each door takes its own kind of event alone (cases 12, 21)", async () => {
    const told = await uncounted();
    expect((await post(told, answerNotification, `whsec_${"x".repeat(32)}`)).status).toBe(400);
    expect((await post(told, answerWebhook)).status).toBe(400);
    const fat = { id: "evt_fat", object: "event", created: seconds(), livemode: false, type: "customer.updated" };
    expect((await post({ ...fat, data: { object: { id: customer, object: "customer" } } })).status).not.toBe(200);
    expect(await kept("evt_fat")).toBeUndefined();
    expect(await kept(told.id)).toBeUndefined();
  });
});
