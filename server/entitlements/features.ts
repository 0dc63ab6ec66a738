import { eq, sql } from "drizzle-orm";
import { entitlements } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { type Feature, featuresOf, refusalOf, skusThatOpen } from "@/policies/entitlements/features";
import { notEntitled } from "@/server/kernel/errors";

/** The features that a tenant has at this moment. */
export async function featuresOfTenant(tx: Tx, tenantId: string): Promise<ReadonlySet<Feature>> {
  const [row] = await tx
    .select({ addOns: entitlements.addOns })
    .from(entitlements)
    .where(eq(entitlements.tenantId, tenantId));
  return featuresOf(row?.addOns ?? []);
}

/** Throws NotEntitled, with what would open it, where a tenant does not have a feature. */
export async function requireFeature(tx: Tx, tenantId: string, feature: Feature): Promise<void> {
  const features = await featuresOfTenant(tx, tenantId);
  if (features.has(feature)) return;
  const { skus, addOns } = skusThatOpen(feature);
  throw notEntitled(refusalOf(feature), { feature, addOn: addOns[0] ?? null, skus });
}

/** Locks a tenant's entitlements until the transaction ends; null for one that has none. */
export async function lockEntitlements(tx: Tx, tenantId: string) {
  // An advisory lock, as there may be no row yet.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`entitlements:${tenantId}`}, 0))`);
  const [row] = await tx.select().from(entitlements).where(eq(entitlements.tenantId, tenantId));
  return row ?? null;
}
