import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";

const DAY = 24 * 60 * 60;
const test = useTestSandbox();

/** A shop with a meter and a price that includes 100 units, and asks 2 cents for each unit above. */
async function meteredShop(formula: "sum" | "count" | "last" = "sum") {
  const made = await openShop(test);
  const { stripe, customer } = made;
  const meter = await stripe.billing.meters.create({
    ...{ display_name: "Work units", event_name: "work_units", default_aggregation: { formula } },
  });
  const price = await stripe.prices.create({
    ...{ currency: "usd", product_data: { name: "Units" }, billing_scheme: "tiered", tiers_mode: "graduated" },
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    tiers: [
      { up_to: 100, unit_amount: 0 },
      { up_to: "inf", unit_amount: 2 },
    ],
  });
  const report = (value: number | string, more: Partial<Stripe.Billing.MeterEventCreateParams> = {}) =>
    stripe.billing.meterEvents.create({
      ...{ event_name: "work_units", payload: { stripe_customer_id: customer, value: String(value) }, ...more },
    });
  const subscribe = (more: Stripe.SubscriptionCreateParams.Item[] = []) =>
    stripe.subscriptions.create({ customer, items: [{ price: price.id }, ...more] });
  return { ...made, meter, price, report, subscribe };
}

const amounts = (invoice: Stripe.Invoice) => invoice.lines.data.map(({ amount, quantity }) => [amount, quantity]);

describe("a meter", () => {
  it("is made, renamed, turned off and on again, and listed", async () => {
    const { stripe, meter } = await meteredShop();
    expect(meter).toMatchObject({ status: "active", value_settings: { event_payload_key: "value" } });
    expect((await stripe.billing.meters.update(meter.id, { display_name: "Units" })).display_name).toBe("Units");
    expect((await stripe.billing.meters.deactivate(meter.id)).status).toBe("inactive");
    expect((await refusalOf(stripe.billing.meters.deactivate(meter.id))).statusCode).toBe(400);
    expect((await stripe.billing.meters.list({ status: "active" })).data).toEqual([]);
    expect((await stripe.billing.meters.reactivate(meter.id)).status_transitions.deactivated_at).toBeNull();
    expect((await stripe.billing.meters.retrieve(meter.id)).event_name).toBe("work_units");
  });

  it("shares its event name with no other active one, and an inactive one gets no price", async () => {
    const { stripe, meter } = await meteredShop();
    const same = { display_name: "B", event_name: "work_units", default_aggregation: { formula: "sum" as const } };
    expect(await refusalOf(stripe.billing.meters.create(same))).toMatchObject({ param: "event_name" });
    await stripe.billing.meters.deactivate(meter.id);
    await stripe.billing.meters.create(same);
    expect((await refusalOf(stripe.billing.meters.reactivate(meter.id))).statusCode).toBe(400);
    const recurring = { interval: "month" as const, usage_type: "metered" as const, meter: meter.id };
    const price = stripe.prices.create({ currency: "usd", unit_amount: 1, product_data: { name: "P" }, recurring });
    expect(await refusalOf(price)).toMatchObject({ param: "recurring[meter]" });
  });
});

describe("a report of usage", () => {
  it("is taken once a day under one identifier", async () => {
    const { report, pass, stripe, meter, customer, clock } = await meteredShop();
    expect(await report(5, { identifier: "wu:1" })).toMatchObject({ identifier: "wu:1", event_name: "work_units" });
    const again = await refusalOf(report(5, { identifier: "wu:1" }));
    expect(again).toMatchObject({ statusCode: 400 });
    expect(again.message).toContain("already exists with identifier");
    await pass(DAY + 1);
    await report(7, { identifier: "wu:1" });
    const minute = Math.floor(clock.now() / 60) * 60;
    const span = { customer, start_time: minute - 3 * DAY, end_time: minute + 60 };
    const { data } = await stripe.billing.meters.listEventSummaries(meter.id, span);
    expect(data).toMatchObject([{ aggregated_value: 12, meter: meter.id }]);
  });

  it("lies within 35 days before and 5 minutes after", async () => {
    const { report, clock } = await meteredShop();
    const now = clock.now();
    for (const timestamp of [now - 35 * DAY - 60, now + 360]) {
      expect(await refusalOf(report(1, { timestamp }))).toMatchObject({ statusCode: 400, param: "timestamp" });
    }
    for (const timestamp of [now - 35 * DAY + 60, now + 240])
      expect((await report(1, { timestamp })).timestamp).toBe(timestamp);
  });

  it("is summed by hour, and cancelled by its identifier within a day", async () => {
    const { report, stripe, meter, customer, clock, pass } = await meteredShop();
    const hour = Math.floor(clock.now() / 3600) * 3600;
    await report(5, { timestamp: hour - 7000, identifier: "a" });
    await report(6, { timestamp: hour - 10, identifier: "b" });
    const span = { customer, start_time: hour - 7200, end_time: hour, value_grouping_window: "hour" as const };
    const sums = async () =>
      (await stripe.billing.meters.listEventSummaries(meter.id, span)).data.map((each) => each.aggregated_value);
    expect(await sums()).toEqual([6, 5]);
    const cancel = (identifier: string) =>
      stripe.billing.meterEventAdjustments.create({ event_name: "work_units", type: "cancel", cancel: { identifier } });
    await cancel("a");
    expect(await sums()).toEqual([6]);
    expect((await refusalOf(cancel("a"))).statusCode).toBe(400);
    expect((await refusalOf(cancel("none"))).statusCode).toBe(400);
    await pass(DAY + 60);
    expect((await refusalOf(cancel("b"))).statusCode).toBe(400);
    const askew = stripe.billing.meters.listEventSummaries(meter.id, { ...span, start_time: span.start_time + 60 });
    expect(await refusalOf(askew)).toMatchObject({ param: "start_time" });
  });

  it("is taken by version 2 of the API too", async () => {
    const { stripe, meter, customer, clock } = await meteredShop();
    const event = { event_name: "work_units", payload: { stripe_customer_id: customer, value: "3" }, identifier: "v2" };
    await stripe.v2.billing.meterEvents.create(event);
    expect((await refusalOf(stripe.v2.billing.meterEvents.create(event))).statusCode).toBe(400);
    const minute = Math.floor(clock.now() / 60) * 60;
    const span = { customer, start_time: minute - 60, end_time: minute + 60 };
    const { data } = await stripe.billing.meters.listEventSummaries(meter.id, span);
    expect(data[0]?.aggregated_value).toBe(3);
    const cancel = { identifier: "v2" };
    await stripe.v2.billing.meterEventAdjustments.create({ event_name: "work_units", type: "cancel", cancel });
    const after = await stripe.billing.meters.listEventSummaries(meter.id, span);
    expect(after.data[0]?.aggregated_value).toBe(0);
  });

  it.each([
    [
      "an unknown customer",
      { payload: { stripe_customer_id: "cus_none", value: "1" } },
      "meter_event_customer_not_found",
    ],
    ["no customer", { payload: { value: "1" } }, "meter_event_no_customer_defined"],
    ["no number", { payload: { value: "many" } }, "meter_event_invalid_value"],
  ])("of %s is told later, in a thin event", async (_, more, code) => {
    const { stripe, customer, meter } = await meteredShop();
    const bodies: { body: string; signature: string }[] = [];
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const signature = String(request.headers["stripe-signature"]);
        bodies.push({ body: Buffer.concat(parts).toString("utf8"), signature });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/thin`;
    const destination = await stripe.v2.core.eventDestinations.create({
      ...{ name: "Meters", type: "webhook_endpoint", event_payload: "thin", webhook_endpoint: { url } },
      ...{ enabled_events: ["v1.billing.meter.error_report_triggered"], include: ["webhook_endpoint.signing_secret"] },
    });
    const payload =
      code === "meter_event_invalid_value" ? { stripe_customer_id: customer, ...more.payload } : more.payload;
    await stripe.billing.meterEvents.create({ event_name: "work_units", payload, identifier: "bad" });
    await expect.poll(() => bodies.length).toBe(1);
    server.close();
    const [{ body, signature } = { body: "", signature: "" }] = bodies;
    const secret = destination.webhook_endpoint?.signing_secret ?? "";
    const notification = stripe.parseEventNotification(body, signature, secret);
    expect(notification).toMatchObject({
      type: "v1.billing.meter.error_report_triggered",
      related_object: { id: meter.id },
    });
    expect(body).not.toContain(code);
    const whole = await stripe.v2.core.events.retrieve(notification.id);
    expect(JSON.stringify(whole)).toContain(code);
  });

  it("of an inactive meter, or of none, is taken and not counted", async () => {
    const { stripe, meter, report, customer, clock } = await meteredShop();
    await stripe.billing.meters.deactivate(meter.id);
    await report(4);
    await report(4, { event_name: "nothing" });
    const minute = Math.floor(clock.now() / 60) * 60;
    const span = { customer, start_time: minute - 60, end_time: minute + 60 };
    const { data } = await stripe.billing.meters.listEventSummaries(meter.id, span);
    expect(data[0]?.aggregated_value).toBe(0);
  });
});

describe("a metered price", () => {
  it("is billed for the period that is over, above what is included", async () => {
    const { report, subscribe, pass, latest, pro, stripe, clock } = await meteredShop();
    const subscription = await subscribe([{ price: pro.id }]);
    expect(amounts(await latest(subscription.id))).toEqual([[3000, 1]]);
    expect(subscription.items.data[0]?.quantity).toBeUndefined();
    await report(60);
    await report(90);
    const shown = await stripe.invoices.createPreview({ subscription: subscription.id });
    expect(amounts(shown)).toEqual([
      [100, 150],
      [3000, 1],
    ]);
    await pass((subscription.items.data[0]?.current_period_end ?? 0) - clock.now());
    expect((await latest(subscription.id)).total).toBe(3100);
    // Reported while the invoice is a draft, used before.
    await report(10, { timestamp: clock.now() - 120 });
    await report(500);
    await pass(3600);
    expect(await latest(subscription.id)).toMatchObject({ status: "paid", total: 3120 });
  });

  it("is billed by the last report, or by their number, as its meter says", async () => {
    for (const [formula, quantity] of [
      ["last", 150],
      ["count", 3],
    ] as const) {
      const { report, subscribe, pass, latest, clock } = await meteredShop(formula);
      const { id } = await subscribe();
      const now = clock.now();
      await report(400, { timestamp: now + 1 });
      await report(900, { timestamp: now + 2 });
      await report(150, { timestamp: now + 3 });
      await pass(32 * DAY);
      expect((await latest(id)).lines.data[0]?.quantity).toBe(quantity);
    }
  });

  it("does not bill what was used before the subscription, nor during a trial", async () => {
    const { report, subscribe, pass, latest, stripe, customer, price } = await meteredShop();
    await report(1000);
    await pass(60);
    const { id } = await subscribe();
    const trial = await stripe.subscriptions.create({ customer, items: [{ price: price.id }], trial_period_days: 7 });
    await report(150);
    await pass(8 * DAY);
    expect((await latest(trial.id)).total).toBe(0);
    await pass(25 * DAY);
    expect((await latest(id)).total).toBe(100);
  });

  it("is billed on the last invoice, at once or at the period's end", async () => {
    const { report, subscribe, pass, latest, stripe } = await meteredShop();
    const [now, later] = [await subscribe(), await subscribe()];
    await report(200);
    await pass(60);
    await stripe.subscriptions.cancel(now.id, { invoice_now: true });
    expect(await latest(now.id)).toMatchObject({ total: 200, status: "paid" });
    await stripe.subscriptions.update(later.id, { cancel_at_period_end: true });
    await pass(32 * DAY);
    expect((await stripe.subscriptions.retrieve(later.id)).status).toBe("canceled");
    expect(await latest(later.id)).toMatchObject({ total: 200, status: "paid" });
  });

  it("bills what was used by the old price when it is changed, and the rest by the new one", async () => {
    const { report, subscribe, pass, latest, stripe, meter } = await meteredShop();
    const dear = await stripe.prices.create({
      ...{ currency: "usd", product_data: { name: "Dear" }, unit_amount: 10 },
      recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    });
    const subscription = await subscribe();
    await report(200);
    await pass(DAY);
    const items = [{ id: subscription.items.data[0]?.id ?? "", price: dear.id }];
    await stripe.subscriptions.update(subscription.id, { items });
    await report(7);
    await pass(32 * DAY);
    expect(amounts(await latest(subscription.id))).toEqual([
      [200, 200],
      [70, 7],
    ]);
  });

  it("is billed when its subscription is paused, and counts anew when that is resumed", async () => {
    const { report, subscribe, pass, latest, stripe } = await meteredShop();
    const { id } = await subscribe();
    await report(200);
    await pass(60);
    await stripe.subscriptions.pause(id);
    expect((await stripe.subscriptions.resume(id)).status).toBe("active");
    await report(150);
    await pass(32 * DAY);
    expect(amounts(await latest(id))).toEqual([
      [200, 200],
      [100, 150],
    ]);
  });

  it("takes no quantity", async () => {
    const { stripe, customer, price } = await meteredShop();
    const refused = stripe.subscriptions.create({ customer, items: [{ price: price.id, quantity: 2 }] });
    expect(await refusalOf(refused)).toMatchObject({ param: "items[0][quantity]" });
  });
});
