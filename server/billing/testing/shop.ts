import { afterAll, beforeAll } from "vitest";
import type { Database } from "@/db/client";
import { billingCustomers } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { startTestSandbox, type TestSandbox } from "@/e2e/sandbox/stripe/testing/sandbox";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { makeStripeClient, type StripeClient } from "@/server/platform/stripe";
import type { TenantContext } from "@/server/verb";
import { applyCatalogue } from "../apply-catalogue";
import { type Seller, sellerWith } from "../seller";

export interface Shop {
  seller: Seller;
  stripe: StripeClient;
  account: ReturnType<TestSandbox["sandbox"]["account"]>;
  sandbox: TestSandbox["sandbox"];
  /** The prices of the catalogue by their lookup keys. */
  prices: ReadonlyMap<string, string>;
}

let shops = 0;

/** The local billing sandbox with an account for this file, and the product's own client. */
export function useShop(): Shop {
  const shop: Partial<Shop> = {};
  let test: TestSandbox | undefined;
  beforeAll(async () => {
    shops += 1;
    const key = `sk_test_sandbox_app${process.pid}x${shops}`;
    test = await startTestSandbox(key, Date.now);
    const settings = { STRIPE_SECRET_KEY: key, STRIPE_API_BASE: test.sandbox.url };
    const stripe = makeStripeClient(settings);
    if (stripe === null) throw new Error("a key makes a client");
    const seller = sellerWith(stripe, { ...settings, CONDUCTOR_PUBLIC_URL: "http://localhost:3000" });
    const account = test.sandbox.account(key);
    Object.assign(shop, { seller, stripe, account, sandbox: test.sandbox, prices: await stock(stripe) });
  });
  afterAll(() => test?.sandbox.stop());
  return shop as Shop;
}

/** All that the catalogue sells, as `conductor stripe apply` makes it. */
async function stock(stripe: StripeClient): Promise<ReadonlyMap<string, string>> {
  await applyCatalogue(stripe, CATALOGUE, { isSandbox: true, signatures: [] });
  const made = new Map<string, string>();
  for await (const { id, lookup_key: key } of stripe.prices.list({ limit: 100 })) if (key !== null) made.set(key, id);
  return made;
}

/** A customer with a card at the seller, on our record as the tenant's. */
export async function makeCustomer(database: Database, shop: Shop, { tenantId }: TenantContext, card = "pm_card_visa") {
  const { id } = await shop.stripe.customers.create({
    metadata: { tenant_id: tenantId, deployment: shop.seller.deployment },
  });
  const method = await shop.stripe.paymentMethods.attach(card, { customer: id });
  await shop.stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } });
  await withTenant({ database, tenantId }, (tx) =>
    tx.insert(billingCustomers).values({ tenantId, id, createdAt: new Date(), findings: [] }),
  );
  return id;
}

/** Items of a subscription, by lookup keys and how many of each. */
export const itemsOf = ({ prices }: Shop, keys: Readonly<Record<string, number>>) =>
  Object.entries(keys).map(([key, quantity]) => ({ price: prices.get(`conductor_${key}_v1`) ?? key, quantity }));

/** A customer as this deployment makes it, that is not on our record: as after a crash between the two writes. */
export async function makeStranger(
  { stripe, seller }: Shop,
  metadata: Readonly<Record<string, string>> = { deployment: seller.deployment },
): Promise<string> {
  const { id } = await stripe.customers.create({ metadata });
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: id });
  await stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } });
  return id;
}
