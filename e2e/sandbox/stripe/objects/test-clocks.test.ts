import { describe, expect, it } from "vitest";
import { refusalOf, useTestSandbox } from "../testing/sandbox";
import { openShop } from "../testing/shop";

const test = useTestSandbox();

const DAY = 86_400;

async function clocked() {
  const made = await openShop(test);
  const { stripe, clock } = made;
  const made_at = clock.now() + 60;
  const testClock = await stripe.testHelpers.testClocks.create({ frozen_time: made_at, name: "T" });
  const to = (frozen_time: number) => stripe.testHelpers.testClocks.advance(testClock.id, { frozen_time });
  return { ...made, testClock, to };
}

describe("a test clock", () => {
  it("brings what is due on the way, each in its time", async () => {
    const { stripe, begin, latest, testClock, to, clock } = await clocked();
    const { id, items } = await begin();
    const end = items.data[0]?.current_period_end ?? 0;
    expect(await to(end + 3660)).toMatchObject({ status: "ready", frozen_time: end + 3660 });
    expect(await latest(id)).toMatchObject({ status: "paid", billing_reason: "subscription_cycle", created: end });
    expect(clock.now()).toBeGreaterThanOrEqual(end + 3660);
    const { data } = await stripe.events.list({ type: "test_helpers.test_clock.ready" });
    expect(data).toHaveLength(1);
    expect((await stripe.testHelpers.testClocks.retrieve(testClock.id)).frozen_time).toBe(end + 3660);
  });

  it("moves forward only, and at most two intervals at a time", async () => {
    const { begin, to, clock } = await clocked();
    await begin();
    for (const time of [clock.now() - 60, clock.now() + 70 * DAY]) {
      expect(await refusalOf(to(time))).toMatchObject({ statusCode: 400, param: "frozen_time" });
    }
    await to(clock.now() + 50 * DAY);
  });

  it("is one for an account, and goes with its customers", async () => {
    const { stripe, testClock, clock } = await clocked();
    const { id: customer } = await stripe.customers.create({ test_clock: testClock.id });
    const second = await refusalOf(stripe.testHelpers.testClocks.create({ frozen_time: clock.now() + 60 }));
    expect(second.statusCode).toBe(400);
    const unknown = stripe.customers.create({ test_clock: "clock_none" });
    expect(await refusalOf(unknown)).toMatchObject({ param: "test_clock" });
    await stripe.testHelpers.testClocks.del(testClock.id);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
    expect((await stripe.testHelpers.testClocks.list()).data).toEqual([]);
  });
});
