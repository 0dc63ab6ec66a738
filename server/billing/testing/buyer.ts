import type { Database } from "@/db/client";
import { makeTenant } from "@/db/testing/factories";
import { memberContext } from "@/server/testing/actors";
import type { TenantContext } from "@/server/verb";
import { makeCustomer, type Shop } from "./shop";

/** The seller's time as ours, so that tests move both. */
export const clockOf = (shop: Shop) => ({ now: () => new Date(shop.account.account.clock.now() * 1000) });

/** An administrator of a new tenant without a plan, with a customer at the seller that has a card. */
export async function makeBuyer(
  database: Database,
  shop: Shop,
  card?: string,
): Promise<{ admin: TenantContext; customer: string }> {
  const tenant = await makeTenant(database, { plan: null });
  const admin = await memberContext(database, tenant, { roles: ["tenant_admin"] }, clockOf(shop));
  return { admin, customer: await makeCustomer(database, shop, admin, card) };
}
