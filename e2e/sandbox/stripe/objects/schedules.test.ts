import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { itemOf, openShop } from "../testing/shop";

const DAY = 24 * 60 * 60;
const test = useTestSandbox();

const shop = (card?: string) => openShop(test, card);

/** A subscription under a schedule that takes it to another price at its period's end. */
async function scheduled(made: Awaited<ReturnType<typeof shop>>, price: string, from = made.enterprise.id) {
  const { stripe, begin } = made;
  const subscription = await begin({ items: [{ price: from }] });
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
  const { start_date: start = 0, end_date: end = 0 } = schedule.current_phase ?? {};
  const phases = [
    { start_date: start, end_date: end, items: [{ price: from }] },
    { items: [{ price }], proration_behavior: "none" as const },
  ];
  return { subscription, end, schedule: await stripe.subscriptionSchedules.update(schedule.id, { phases }), phases };
}

describe("a schedule", () => {
  it("takes a subscription to another price at the period's end, and then lets it go", async () => {
    const made = await shop();
    const { stripe, pass, latest, clock, pro } = made;
    const { subscription, schedule, end } = await scheduled(made, pro.id);
    expect(schedule).toMatchObject({
      status: "active",
      subscription: subscription.id,
      phases: [{}, { start_date: end }],
    });
    await pass(end - clock.now() - 60);
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.unit_amount).toBe(9000);
    await pass(3700);
    const after = await stripe.subscriptions.retrieve(subscription.id);
    expect(after).toMatchObject({ schedule: schedule.id, items: { data: [{ id: itemOf(subscription) }] } });
    const invoice = await latest(subscription.id);
    expect(invoice).toMatchObject({ total: 3000, status: "paid", billing_reason: "subscription_cycle" });
    expect(invoice.lines.data).toHaveLength(1);
    await pass(32 * DAY);
    const released = await stripe.subscriptionSchedules.retrieve(schedule.id);
    expect(released).toMatchObject({ status: "released", released_subscription: subscription.id, subscription: null });
    const free = await stripe.subscriptions.retrieve(subscription.id);
    expect(free).toMatchObject({ schedule: null, status: "active" });
    const { data } = await stripe.events.list({ types: ["subscription_schedule.*"], limit: 100 });
    const told = data.map(({ type }) => type);
    expect(told).toEqual(expect.arrayContaining(["subscription_schedule.expiring", "subscription_schedule.released"]));
  });

  it("to another interval begins a new period at its time, charged an hour later (case 73)", async () => {
    const made = await shop();
    const { stripe, pass, latest, clock, yearly } = made;
    const { subscription, end } = await scheduled(made, yearly.id);
    await pass(end - clock.now() + 60);
    const draft = await latest(subscription.id);
    expect(draft).toMatchObject({ status: "draft", total: 30_000 });
    await pass(3600);
    expect((await latest(subscription.id)).status).toBe("paid");
    const { items, billing_cycle_anchor: anchor } = await stripe.subscriptions.retrieve(subscription.id);
    expect([anchor, items.data[0]?.current_period_end]).toEqual([end, end + 365 * DAY]);
  });

  it("that is released first changes nothing at the period's end", async () => {
    const made = await shop();
    const { stripe, pass, latest, pro } = made;
    const { subscription, schedule } = await scheduled(made, pro.id);
    expect(await stripe.subscriptionSchedules.release(schedule.id)).toMatchObject({ status: "released" });
    expect((await refusalOf(stripe.subscriptionSchedules.release(schedule.id))).statusCode).toBe(400);
    await pass(32 * DAY);
    expect((await latest(subscription.id)).total).toBe(9000);
  });

  it("ends its subscription at once when it is canceled, with time that is left given back", async () => {
    const made = await shop();
    const { stripe, pass, latest, pro, customer } = made;
    const { subscription, schedule } = await scheduled(made, pro.id);
    await pass(15 * DAY);
    expect(await stripe.subscriptionSchedules.cancel(schedule.id)).toMatchObject({ status: "canceled" });
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: "canceled" });
    expect((await latest(subscription.id)).total).toBeLessThan(-4000);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: expect.any(Number) as number });
  });

  it("ends its subscription after its last phase when it is told to", async () => {
    const made = await shop();
    const { stripe, pass, pro } = made;
    const { subscription, schedule } = await scheduled(made, pro.id);
    await stripe.subscriptionSchedules.update(schedule.id, { end_behavior: "cancel" });
    await pass(60 * DAY);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
    expect((await stripe.subscriptionSchedules.retrieve(schedule.id)).status).toBe("completed");
  });

  it("is canceled with its subscription", async () => {
    const made = await shop();
    const { stripe, pro } = made;
    const { subscription, schedule } = await scheduled(made, pro.id);
    await stripe.subscriptions.cancel(subscription.id);
    expect((await stripe.subscriptionSchedules.retrieve(schedule.id)).status).toBe("canceled");
  });

  it("bills the new price of a phase though it was archived since", async () => {
    const made = await shop();
    const { stripe, pass, latest, pro } = made;
    const { subscription } = await scheduled(made, pro.id);
    await stripe.prices.update(pro.id, { active: false });
    await pass(32 * DAY);
    expect((await latest(subscription.id)).total).toBe(3000);
  });

  it("changes the present phase at once, prorated", async () => {
    const made = await shop();
    const { stripe, latest, pro } = made;
    const { subscription, schedule, end, phases } = await scheduled(made, pro.id);
    const [first] = phases;
    const now = [{ ...first, items: [{ price: made.enterprise.id, quantity: 2 }] }];
    const proration_behavior = "always_invoice" as const;
    await stripe.subscriptionSchedules.update(schedule.id, { phases: now, proration_behavior });
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.quantity).toBe(2);
    expect((await latest(subscription.id)).total).toBeGreaterThan(8000);
    expect((await stripe.subscriptionSchedules.retrieve(schedule.id)).current_phase?.end_date).toBe(end);
  });

  it("lets the present phase follow when its subscription's items are changed", async () => {
    const made = await shop();
    const { stripe, pro } = made;
    const { subscription, schedule } = await scheduled(made, pro.id);
    await stripe.subscriptions.update(subscription.id, { items: [{ id: itemOf(subscription), quantity: 4 }] });
    const { phases } = await stripe.subscriptionSchedules.retrieve(schedule.id);
    expect(phases[0]?.items[0]?.quantity).toBe(4);
  });

  it("stands in the way of a second one, of an end of its subscription's own and of a pause", async () => {
    const made = await shop();
    const { stripe, pro } = made;
    const { subscription } = await scheduled(made, pro.id);
    const again = await refusalOf(stripe.subscriptionSchedules.create({ from_subscription: subscription.id }));
    expect(again).toMatchObject({ statusCode: 400, param: "from_subscription" });
    const ending = await refusalOf(stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }));
    expect(ending).toMatchObject({ statusCode: 400, param: "cancel_at_period_end" });
    expect((await refusalOf(stripe.subscriptions.pause(subscription.id))).statusCode).toBe(400);
  });

  it("refuses phases that do not begin with a known one, leave gaps, end before they start or change the currency", async () => {
    const made = await shop();
    const { stripe, pro } = made;
    const { schedule, end, phases } = await scheduled(made, pro.id);
    const start = phases[0]?.start_date ?? 0;
    const items = [{ price: pro.id }];
    const { id: euro } = await stripe.prices.create({
      ...{ currency: "eur", unit_amount: 1, product_data: { name: "E" }, recurring: { interval: "month" } },
    });
    for (const [bad, param] of [
      [[{ items }], "phases[0][start_date]"],
      [[{ start_date: start - 1, items }], "phases[0][start_date]"],
      [
        [
          { start_date: start, end_date: end, items },
          { start_date: end + 1, items },
        ],
        "phases[1][start_date]",
      ],
      [[{ start_date: start, end_date: start, items }], "phases[0][end_date]"],
      [[{ start_date: start, items: [{ price: euro }] }], "phases[0][items]"],
      [[{ start_date: start, items: [{ price: "price_none" }] }], "phases[0][items][0][price]"],
    ] satisfies [Stripe.SubscriptionScheduleUpdateParams.Phase[], string][]) {
      const refusal = await refusalOf(stripe.subscriptionSchedules.update(schedule.id, { phases: bad }));
      expect(refusal).toMatchObject({ statusCode: 400, param });
    }
  });
});
