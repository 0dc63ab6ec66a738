import { beforeAll, expect, it } from "vitest";
import { notifications } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { placeSeller } from "@/server/billing/seller";
import { itemsOf, makeCustomer, useShop } from "@/server/billing/testing/shop";
import { makeUsingTenant } from "@/server/billing/testing/use";
import { invoiceDrafted } from "@/server/billing";
import { overridePlan } from "@/server/entitlements";
import { newId } from "@/server/kernel/ids";
import { authDeps } from "@/server/testing/sign-in";
import { pump } from "../engine";
import { quietClient, workbench } from "../engine/testing/workbench";
import { pushLastUsage, pushUsage } from "./push-usage";
import { compareUsage, watchUsage } from "./tend-usage";

const db = useTestDatabase();
const shop = useShop();
const HOUR = 3_600;

beforeAll(() => {
  placeSeller(shop.seller);
  return () => placeSeller(undefined);
});

const seconds = () => shop.account.account.clock.now();
const deps = () => ({
  ...{ client: quietClient(), database: db.database, newId, env: authDeps(db.database, {}).env },
  clock: { now: () => new Date(seconds() * 1_000) },
});

/** A tenant that subscribed to a metered price early in this hour. */
async function subscribed() {
  await advance(shop.account, HOUR - (seconds() % HOUR) + 120);
  const tenant = await makeUsingTenant(db.database);
  const customer = await makeCustomer(db.database, shop, tenant.admin);
  const [base, metered] = itemsOf(shop, { pro_base: 1, pro_usage: 1 });
  const items = [{ price: base?.price ?? "" }, { price: metered?.price ?? "" }];
  const subscription = await shop.stripe.subscriptions.create({ customer, items });
  return { ...tenant, customer, end: subscription.items.data[0]?.current_period_end ?? 0 };
}

it("tells each hour what was used, and each night compares it (cases 94, 100)", async () => {
  const tenant = await subscribed();
  await advance(shop.account, 60);
  await tenant.use(new Date(seconds() * 1_000), 5_000);
  await advance(shop.account, HOUR + 600);
  const [bench, made] = [workbench(db), deps()];
  const hourly = await bench.engine(made.client, [pushUsage(made)]);
  bench.advance(2 * HOUR * 1_000);
  await pump(hourly);
  const pushes = await bench.runs("conductor-push-usage");
  expect(pushes.map(({ status }) => status)).not.toContain("failed");
  expect(pushes.map(({ result }) => (result as { told: number }).told).reduce((sum, told) => sum + told, 0)).toBe(1);
  const nightly = await bench.engine(deps().client, [compareUsage(made)]);
  bench.advance(26 * HOUR * 1_000);
  await pump(nightly);
  expect((await bench.runs("conductor-compare-usage")).at(-1)).toMatchObject({
    ...{ status: "completed", result: { found: 0, open: 0 } },
  });
  expect(await tenant.reports()).toMatchObject([{ units: 5, status: "sent" }]);
});

it("tells the last of a period while its invoice is begun, a moment later (case 93)", async () => {
  const tenant = await subscribed();
  await advance(shop.account, tenant.end - seconds() - 20);
  await tenant.use(new Date(seconds() * 1_000), 3_000);
  await advance(shop.account, 40);
  const [bench, made] = [workbench(db), deps()];
  const engine = await bench.engine(made.client, [pushLastUsage(made)]);
  await bench.publish(invoiceDrafted.name, { tenantId: tenant.tenantId, customerId: tenant.customer }, tenant.tenantId);
  await pump(engine);
  expect(await tenant.reports()).toEqual([]);
  bench.advance(121_000);
  await pump(engine);
  expect(await tenant.reports()).toMatchObject([{ units: 3, status: "sent" }]);
});

it("tells a tenant's administrators of each mark once a month (case 99)", async () => {
  const tenant = await subscribed();
  const made = deps();
  await overridePlan(
    { ...made, tenantId: tenant.tenantId },
    {
      ...{ plan: "standard", addOns: [], moreSeats: 0, reason: "A test" },
      expiresAt: new Date((seconds() + 40 * 86_400) * 1_000),
    },
  );
  const bench = workbench(db);
  const engine = await bench.engine(made.client, [watchUsage(made)]);
  const look = async () => {
    bench.advance(HOUR * 1_000);
    await pump(engine);
    const rows = await withTenant(tenant.admin, (tx) => tx.select({ title: notifications.title }).from(notifications));
    return rows.map(({ title }) => title).filter((title) => title.includes("%")).length;
  };
  const now = () => new Date(seconds() * 1_000);
  await tenant.use(now(), 5_000_000);
  expect(await look()).toBe(1);
  expect(await look()).toBe(1);
  await tenant.use(now(), 3_500_000);
  expect(await look()).toBe(2);
  await tenant.use(now(), 2_000_000);
  expect(await look()).toBe(3);
});
