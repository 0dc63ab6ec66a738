import { and, count, eq, isNull } from "drizzle-orm";
import { billingCustomers } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { must } from "@/server/kernel/errors";
import type { TenantContext } from "@/server/verb";
import type { Seller } from "./seller";

/** The living customer of a tenant at the seller; null for one that never bought, or whose customer was deleted. */
export async function findLivingCustomer(tx: Tx, tenantId: string): Promise<{ id: string } | null> {
  const [row] = await tx
    .select({ id: billingCustomers.id })
    .from(billingCustomers)
    .where(and(eq(billingCustomers.tenantId, tenantId), isNull(billingCustomers.endedAt)));
  return row ?? null;
}

async function lookUp(tx: Tx, tenantId: string) {
  const [living, [all]] = await Promise.all([
    findLivingCustomer(tx, tenantId),
    tx.select({ made: count() }).from(billingCustomers).where(eq(billingCustomers.tenantId, tenantId)),
  ]);
  return { living, made: all?.made ?? 0 };
}

/**
 * The tenant's customer at the seller, made before anything is bought. Two callers at the same time, and one that crashed
 * between the two writes, get the same customer: the call has a key of the tenant's own. The caller is authorised already.
 */
export async function ensureCustomer(ctx: TenantContext, { stripe, deployment }: Seller): Promise<string> {
  const { living, made } = await withTenant(ctx, (tx) => lookUp(tx, ctx.tenantId));
  if (living !== null) return living.id;
  const customer = await stripe.customers.create(
    // Who they are is asked at Checkout, by whoever pays: nothing about people stands in metadata.
    { name: ctx.tenant.name, metadata: { tenant_id: ctx.tenantId, deployment } },
    { idempotencyKey: `cust:${deployment}:${ctx.tenantId}:${made}` },
  );
  return withTenant(ctx, async (tx) => {
    await tx
      .insert(billingCustomers)
      .values({ tenantId: ctx.tenantId, id: customer.id, createdAt: ctx.clock.now(), findings: [] })
      .onConflictDoNothing();
    return must(await findLivingCustomer(tx, ctx.tenantId), "a customer was written").id;
  });
}

/** Those who order at the same time take turns, so that the second finds what the first began. */
export async function lockCustomer(tx: Tx, tenantId: string, customerId: string): Promise<void> {
  const { tenantId: tenant, id } = billingCustomers;
  await tx
    .select({ id })
    .from(billingCustomers)
    .where(and(eq(tenant, tenantId), eq(id, customerId)))
    .for("update");
}
