import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { usageReports } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { newId } from "@/server/kernel/ids";
import { expectReceipt } from "@/server/testing/records";
import { compareUsage } from "./compare-usage";
import { pushUsage, stripeUsageSink, takeBackUsage, type UsageSink } from "./index";
import { reportUsage } from "./report-usage";
import { tellUsage } from "./tell-usage";
import { itemsOf, makeCustomer, useShop } from "./testing/shop";
import { makeUsingTenant, type UsingTenant } from "./testing/use";
import type { Use } from "./usage-sink";

const db = useTestDatabase();
const shop = useShop();
const METERED = { pro_base: 1, pro_usage: 1 };
const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];
let tenant: UsingTenant;
let customer: string;

const seconds = () => shop.account.account.clock.now();
const moment = (ago = 0) => new Date((seconds() - ago) * 1_000);
const pass = (time: number) => advance(shop.account, time);
/** To so many seconds past the next hour. */
const passHour = (past = 15 * MINUTE) => pass(HOUR - (seconds() % HOUR) + past);
const ctx = () => ({
  ...{ database: db.database, newId, seller: shop.seller, tenantId: tenant.tenantId, customerId: customer },
  clock: { now: () => new Date(seconds() * 1_000) },
});
const subscribe = (over: { trial_period_days?: number } = {}) =>
  shop.stripe.subscriptions.create({
    ...{ customer, ...over },
    items: itemsOf(shop, METERED).map(({ price, quantity }, nth) => (nth === 0 ? { price, quantity } : { price })),
  });
const push = (sink?: UsageSink) => pushUsage(ctx(), { tenantId: tenant.tenantId, id: customer }, sink);
const sink = () => stripeUsageSink(shop.stripe);
const counted = () => sink().counted(customer, minute(moment(60 * DAY)), minute(moment(-MINUTE)));
const minute = (at: Date) => new Date(Math.floor(at.getTime() / 60_000) * 60_000);
const units = async () => (await tenant.reports()).map((report) => report.units);
const statuses = async () => (await tenant.reports()).map(({ status }) => status);

/** Loses answers, or never asks, as often as it is told; otherwise the seller's meters. */
function losing(what: "answer" | "question", times = 1): UsageSink {
  const real = sink();
  let left = times;
  return {
    ...real,
    tell: async (use: Use) => {
      const isLost = (left -= 1) >= 0;
      if (isLost && what === "question") throw new Error("lost");
      const told = await real.tell(use);
      if (isLost) throw new Error("lost");
      return told;
    },
  };
}

beforeEach(async () => {
  // So that subscriptions begin early in an hour.
  await passHour(2 * MINUTE);
  tenant = await makeUsingTenant(db.database);
  customer = await makeCustomer(db.database, shop, tenant.admin);
});

describe("what a tenant used", () => {
  it("is told once for each hour, from the ledger, in whole units, and the rest is carried on (cases 86, 91, 94, 97)", async () => {
    await subscribe();
    await passHour();
    await tenant.use(moment(20 * MINUTE), 2_500);
    await tenant.use(moment(18 * MINUTE), 750);
    expect(await push()).toMatchObject({ told: 1, lost: [] });
    await passHour();
    await tenant.use(moment(HOUR), 1_250);
    await tenant.use(moment(MINUTE), 9_000);
    await push();
    expect(await units()).toEqual([3, 1]);
    expect(await counted()).toBe(4);
    const [first] = await tenant.reports();
    expect(first).toMatchObject({ weightMilli: 3_250, status: "sent", customerId: customer });
    expect(first?.identifier).toBe(`wu:${tenant.tenantId}:${first?.hour.toISOString() ?? ""}`);
    const [event] = shop.account.account.store.all("meter_event").filter((each) => each.customer === customer);
    expect(event?.identifier).toMatch(/^wu:/);
  });

  it("is told once however often it is pushed, also by two at the same time (case 87)", async () => {
    await subscribe();
    await passHour();
    await tenant.use(moment(20 * MINUTE), 5_000);
    await Promise.all([push(), push(), push()]);
    await push();
    expect(await units()).toEqual([5]);
    expect(await counted()).toBe(5);
  });

  it("is not told from before the subscription, and the first hour begins with it (case 98)", async () => {
    await tenant.use(moment(2 * HOUR), 50_000);
    await tenant.use(moment(), 1_000);
    await pass(2);
    await subscribe();
    await pass(2);
    await tenant.use(moment(), 2_000);
    await passHour();
    await push();
    expect(await units()).toEqual([2]);
    expect(await counted()).toBe(2);
  });

  it("is not told of a customer without a metered price", async () => {
    await shop.stripe.subscriptions.create({ customer, items: itemsOf(shop, { standard_base: 1 }) });
    await tenant.use(moment(), 5_000);
    await passHour();
    expect(await push()).toMatchObject({ told: 0 });
    expect(await tenant.reports()).toEqual([]);
  });

  it("that was written late is told beside its hour, and nothing twice (case 86)", async () => {
    await subscribe();
    await passHour();
    await tenant.use(moment(20 * MINUTE), 3_000);
    await push();
    await tenant.use(moment(19 * MINUTE), 4_000);
    await push();
    await push();
    expect(await units()).toEqual([3, 4]);
    expect(await counted()).toBe(7);
  });

  it("ends with the subscription", async () => {
    const { id } = await subscribe();
    await passHour();
    await tenant.use(moment(16 * MINUTE), 1_000);
    await tenant.use(moment(), 2_000);
    await pass(5);
    await shop.stripe.subscriptions.cancel(id);
    await pass(5);
    await tenant.use(moment(), 40_000);
    await passHour();
    await push();
    expect(await counted()).toBe(3);
  });
});

describe("telling", () => {
  /** A subscription with five units of the last hour in a report. */
  async function reported() {
    await subscribe();
    await passHour();
    await tenant.use(moment(20 * MINUTE), 5_000);
    await reportUsage(ctx());
  }
  const tell = (to: UsageSink = sink()) => tellUsage(ctx(), to);

  it("again after an answer was lost counts once: the seller knows the name (case 89)", async () => {
    await reported();
    await tell(losing("answer"));
    expect(await statuses()).toEqual(["waiting"]);
    expect((await tenant.reports())[0]?.triedAt).not.toBeNull();
    await tell();
    expect(await statuses()).toEqual(["sent"]);
    expect(await counted()).toBe(5);
  });

  it("notes the first try before the call, so that a crash in it is not forgotten", async () => {
    await reported();
    const seen: unknown[] = [];
    const looking: UsageSink = {
      ...sink(),
      tell: async () => {
        seen.push((await tenant.reports())[0]?.triedAt);
        return { kind: "delivered" };
      },
    };
    await tell(looking);
    expect(seen).toEqual([moment()]);
  });

  it.each([
    ["that had been counted is not told again", "answer" as const, 0],
    ["that never arrived is told after all", "question" as const, 1],
  ])("after 20 hours asks the meter first: use %s (case 88)", async (_what, lost, calls) => {
    await reported();
    await tell(losing(lost));
    await pass(30 * HOUR);
    let asked = 0;
    const counting: UsageSink = { ...sink(), tell: (use) => ((asked += 1), sink().tell(use)) };
    await tell(counting);
    expect(asked).toBe(calls);
    expect(await statuses()).toEqual(["sent"]);
    expect(await counted()).toBe(5);
  });

  it("after 20 hours leaves to a person what the meter has otherwise (case 88)", async () => {
    await reported();
    const [report] = await tenant.reports();
    await tell(losing("question"));
    const stray = { identifier: newId("event"), customerId: customer, at: report?.hour ?? moment(), units: 3 };
    await sink().tell(stray);
    await pass(30 * HOUR);
    expect((await tell()).lost).toMatchObject([{ kind: "usage", isRepaired: false }]);
    expect(await statuses()).toEqual(["refused"]);
    expect(await counted()).toBe(3);
  });

  it("does not try what is older than 35 days, and says so (case 90)", async () => {
    await reported();
    await pass(36 * DAY);
    const { told, lost } = await tell();
    expect(told).toBe(0);
    expect(lost).toMatchObject([{ kind: "usage", tenantId: tenant.tenantId }]);
    expect(await statuses()).toEqual(["late"]);
  });

  it("waits where the seller does not answer, and holds up no other tenant", async () => {
    await reported();
    shop.sandbox.faults.order({ operation: "POST /v1/billing/meter_events", kind: "rate-limit" });
    expect(await tell()).toMatchObject({ told: 0, lost: [] });
    expect(await statuses()).toEqual(["waiting"]);
    expect(await tell()).toMatchObject({ told: 1 });
  });

  it("survives an answer that never comes back from the seller itself (case 109)", async () => {
    await reported();
    shop.sandbox.faults.order({ operation: "POST /v1/billing/meter_events", kind: "reset-after-commit" });
    await tell();
    await tell();
    expect(await counted()).toBe(5);
  });
});

describe("a renewal", () => {
  it("splits its hour: each part is charged in its own period, exactly (cases 93, 100)", async () => {
    const { id, items } = await subscribe();
    const end = items.data[0]?.current_period_end ?? 0;
    await pass(end - seconds() - 30);
    await tenant.use(moment(), 7_000);
    await push();
    await pass(60);
    await tenant.use(moment(), 11_000);
    await push();
    expect(await units()).toEqual([7]);
    await passHour();
    await push();
    expect(await units()).toEqual([7, 11]);
    await pass(HOUR);
    const { latest_invoice: invoice } = await shop.stripe.subscriptions.retrieve(id);
    const { data } = await shop.stripe.invoices.listLineItems(invoice as string);
    const line = data.find(({ period }) => period.end === end);
    expect(line?.quantity).toBe(7);
    expect(await compareUsage(ctx(), sink())).toEqual([]);
  });
});

describe("the comparison of use", () => {
  const compare = () => compareUsage(ctx(), sink());

  it("adds what the ledger has besides, however late, and it is told with the next (case 100)", async () => {
    await subscribe();
    await passHour();
    await tenant.use(moment(20 * MINUTE), 2_000);
    await push();
    await pass(20 * HOUR);
    await push();
    await tenant.use(moment(20 * HOUR + 20 * MINUTE), 6_000);
    expect(await compare()).toMatchObject([{ kind: "usage", isRepaired: true }]);
    expect(await compare()).toEqual([]);
    await push();
    expect(await counted()).toBe(8);
  });

  it("leaves to a person what the meter has more or less than was told, and not what lags by a unit (case 100)", async () => {
    await subscribe();
    await passHour();
    await tenant.use(moment(20 * MINUTE), 5_000);
    await push();
    const stray = (nth: number, of: number) =>
      sink().tell({ identifier: `${customer}:${nth}`, customerId: customer, at: moment(MINUTE), units: of });
    await stray(1, 1);
    await pass(DAY);
    expect(await compare()).toEqual([]);
    await stray(2, 4);
    await pass(DAY);
    expect(await compare()).toMatchObject([{ kind: "usage", isRepaired: false, object: customer }]);
  });

  it("leaves to a person an invoice that charges otherwise than was told of its period, by a single unit (case 100)", async () => {
    const { items } = await subscribe();
    const end = items.data[0]?.current_period_end ?? 0;
    await pass(end - seconds() - DAY);
    await tenant.use(moment(2 * HOUR), 5_000);
    await push();
    await sink().tell({ identifier: `${customer}:x`, customerId: customer, at: moment(MINUTE), units: 1 });
    await pass(DAY + 2 * HOUR);
    const found = await compare();
    expect(found).toMatchObject([{ kind: "usage", isRepaired: false }]);
    expect(found[0]?.detail).toContain("charges 6 weighted tasks, and 5");
  });
});

describe("what was told wrongly", () => {
  const takeBack = (identifier: string) =>
    takeBackUsage({ ...ctx(), by: "system" }, sink(), identifier).then(({ units: taken }) => taken);

  it("is taken back within a day, and the next hour says what the ledger says (case 95)", async () => {
    await subscribe();
    await passHour();
    await tenant.use(moment(20 * MINUTE), 5_000);
    await reportUsage(ctx());
    await withTenant(tenant.admin, (tx) =>
      tx.update(usageReports).set({ units: 50 }).where(eq(usageReports.tenantId, tenant.tenantId)),
    );
    await tellUsage(ctx(), sink());
    expect(await counted()).toBe(50);
    const [report] = await tenant.reports();
    expect(await takeBack(report?.identifier ?? "")).toBe(50);
    await expectReceipt(tenant.admin, "usage.take_back", `tenant:${tenant.tenantId}`);
    expect(await counted()).toBe(0);
    await push();
    expect(await counted()).toBe(5);
    expect(await statuses()).toEqual(["cancelled", "sent"]);
  });

  it("is left to a credit note after a day, and is NotFound where nothing was told (case 95)", async () => {
    await subscribe();
    await passHour();
    await tenant.use(moment(20 * MINUTE), 5_000);
    await push();
    await pass(DAY + MINUTE);
    const [report] = await tenant.reports();
    await expect(takeBack(report?.identifier ?? "")).rejects.toMatchObject({ code: "PreconditionFailed" });
    await expect(takeBack("wu:nothing")).rejects.toMatchObject({ code: "NotFound" });
    expect(await counted()).toBe(5);
  });
});
