import { and, eq, isNull } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { billingCustomers, tenants } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { isId } from "@/server/kernel/ids";
import { log } from "@/server/platform/log";
import type { Stripe } from "@/server/platform/stripe";
import type { Difference } from "./domain/difference";
import { findLivingCustomer } from "./ensure-customer";
import type { ReceiveContext } from "./receive-event";
import { syncCustomer } from "./sync-customer";

type Adopting = ReceiveContext & { by: string };

/** Whether a customer has anything that bills, or will: what ended is on the list only when it is asked for. */
async function isBilled({ seller }: Adopting, customer: string): Promise<boolean> {
  const { data } = await seller.stripe.subscriptions.list({ customer, limit: 100 });
  return data.some(({ status }) => status !== "canceled" && status !== "incomplete_expired");
}

/** The tenant that a customer's tags name, with its living customer; null where there is no such tenant. */
async function taggedTenant(ctx: Adopting, tenantId: string | undefined) {
  if (tenantId === undefined || !isId("tenant", tenantId)) return null;
  const [row] = await withSystem(ctx, "reconcile-billing", (tx) =>
    tx
      .select({ tenantId: tenants.tenantId, customerId: billingCustomers.id })
      .from(tenants)
      .leftJoin(
        billingCustomers,
        and(eq(billingCustomers.tenantId, tenants.tenantId), isNull(billingCustomers.endedAt)),
      )
      .where(eq(tenants.tenantId, tenantId)),
  );
  return row ?? null;
}

/** Puts a customer on our record, where the tenant has none meanwhile. False where it has. */
function putOnRecord(ctx: Adopting, tenantId: string, customerId: string): Promise<boolean> {
  const now = ctx.clock.now();
  return withTenant({ ...ctx, tenantId }, async (tx) => {
    const row = { tenantId, id: customerId, createdAt: now, findings: [] };
    await tx.insert(billingCustomers).values(row).onConflictDoNothing();
    if ((await findLivingCustomer(tx, tenantId))?.id !== customerId) return false;
    appendLink(tx, "receipts", {
      ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: ctx.by },
      ...{ action: "billing.adopt", subject: `customer:${customerId}`, body: { detail: {} } },
    });
    return true;
  });
}

/**
 * What becomes of a customer at the seller that nobody here knows. One that this deployment made for a tenant without another is
 * taken in and fetched. Of the others, one that is billed is left to a person, and the rest are nobody's concern; null for those.
 */
export async function adoptCustomer(ctx: Adopting, { id, metadata }: Stripe.Customer): Promise<Difference | null> {
  const { deployment, tenant_id: tag } = metadata;
  if (deployment !== undefined && deployment !== ctx.seller.deployment) return null;
  const isOurs = deployment === ctx.seller.deployment;
  const tagged = isOurs ? await taggedTenant(ctx, tag) : null;
  const say = (detail: string, isRepaired: boolean): Difference => ({
    ...{ kind: "stripe-only", object: id, tenantId: tagged?.tenantId ?? null, detail, isRepaired },
  });
  if (tagged !== null && tagged.customerId === null && (await putOnRecord(ctx, tagged.tenantId, id))) {
    await syncCustomer({ ...ctx, tenantId: tagged.tenantId }, id);
    return say("was made here and is on our record now", true);
  }
  if (!(await isBilled(ctx, id))) {
    log().info({ customerId: id }, "a customer of Stripe that nobody here knows has nothing that bills");
    return null;
  }
  if (tagged !== null) return say(`is billed, and its tenant has ${tagged.customerId ?? "another customer"}`, false);
  return say(
    isOurs ? "is billed, and its tenant is not here" : "is billed, and names no tenant of this deployment",
    false,
  );
}
