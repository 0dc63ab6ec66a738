import { beforeAll, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { notifications } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { placeSeller } from "@/server/billing/seller";
import { itemsOf, makeCustomer, makeStranger, useShop } from "@/server/billing/testing/shop";
import { memberContext } from "@/server/testing/actors";
import { recordedEvents } from "@/server/testing/records";
import { authDeps } from "@/server/testing/sign-in";
import type { TenantContext } from "@/server/verb";
import { newId } from "@/server/kernel/ids";
import { pump } from "../engine";
import { quietClient, workbench } from "../engine/testing/workbench";
import { compareBilling, tendBilling } from "./tend-billing";

const db = useTestDatabase();
const shop = useShop();
let operator: TenantContext;

beforeAll(async () => {
  placeSeller(shop.seller);
  operator = await memberContext(db.database, await makeTenant(db.database, { isOperator: true }), {
    roles: ["conductor_admin"],
  });
  return () => placeSeller(undefined);
});

const deps = (ahead = 0) => ({
  ...{ client: quietClient(), database: db.database, newId, env: authDeps(db.database, {}).env },
  clock: { now: () => new Date(Date.now() + ahead) },
});
const told = () => withTenant(operator, (tx) => tx.select({ title: notifications.title }).from(notifications));

it("compares each night, repairs, and tells an operator once what a person is to see to (cases 17, 23, 112)", async () => {
  const admin = await memberContext(db.database, await makeTenant(db.database, { plan: null }), {
    roles: ["tenant_admin"],
  });
  const customer = await makeCustomer(db.database, shop, admin);
  const stranger = await makeStranger(shop);
  for (const each of [customer, stranger])
    await shop.stripe.subscriptions.create({ customer: each, items: itemsOf(shop, { standard_base: 1 }) });
  // A customer that was made less than an hour ago may be on its way onto our record.
  const later = deps(2 * 3_600_000);
  const bench = workbench(db);
  const engine = await bench.engine(later.client, [compareBilling(later)]);
  bench.advance(26 * 3_600_000);
  await pump(engine);
  expect(await bench.runs("conductor-compare-billing")).toMatchObject([
    { status: "completed", result: { found: 2, open: 1 } },
  ]);
  expect(await told()).toEqual([{ title: expect.stringContaining(stranger) as string }]);
  bench.advance(26 * 3_600_000);
  await pump(engine);
  expect((await bench.runs("conductor-compare-billing")).at(-1)).toMatchObject({ result: { found: 1, open: 1 } });
  expect(await told()).toHaveLength(1);
});

it("fetches each hour what never came, and asks for its customer (cases 19, 112)", async () => {
  const admin = await memberContext(db.database, await makeTenant(db.database, { plan: null }), {
    roles: ["tenant_admin"],
  });
  const customer = await makeCustomer(db.database, shop, admin);
  const bench = workbench(db);
  const ahead = { ms: 600_000 };
  const hourly = { ...deps(), clock: { now: () => new Date(Date.now() + ahead.ms) } };
  const engine = await bench.engine(hourly.client, [tendBilling(hourly)]);
  bench.advance(3_700_000);
  await pump(engine);
  await advance(shop.account, 1_800);
  await shop.stripe.customers.update(customer, { name: "Acme" });
  ahead.ms = 3_600_000;
  bench.advance(3_700_000);
  await pump(engine);
  const runs = await bench.runs("conductor-tend-billing");
  expect(runs.at(-1)).toMatchObject({ status: "completed", result: { missed: 1, dead: 0 } });
  expect(await recordedEvents(db.ownerUrl, admin.tenantId)).toContain("customer.touched");
});
