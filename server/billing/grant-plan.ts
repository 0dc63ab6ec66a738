import { eq } from "drizzle-orm";
import { tenants } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import { grantFault } from "@/server/entitlements";
import { actorRef } from "@/server/kernel/actor";
import { invalid, notFound } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, type Scope } from "@/server/verb";
import { planGranted } from "./events";
import { pricesThemselves } from "./prices-themselves";
import { endGrantSchema, grantPlanSchema } from "./schemas";

async function tenantNamed({ ctx }: Pick<Scope, "ctx">, slug: string): Promise<string> {
  const [named] = await withSystem(ctx, "find-tenant", (tx) =>
    tx.select({ tenantId: tenants.tenantId }).from(tenants).where(eq(tenants.slug, slug)),
  );
  if (named === undefined) throw notFound("tenant");
  return named.tenantId;
}

/**
 * Grants a plan or add-ons to a tenant by hand until a day. Belongs to whoever sets prices in the operating tenant; a tenant
 * that is not there is NotFound, a day that is past or more than a year off Invalid. A job writes it in the tenant's own rows,
 * with a receipt there too.
 */
export const grantPlan = defineWrite({
  action: "pricing.set",
  receipt: "entitlement.grant",
  input: grantPlanSchema,
  load: pricesThemselves,
  write: async (scope, { tenant: slug, ...granted }) => {
    const { ctx, now } = scope;
    const fault = grantFault(new Date(granted.expiresAt), now);
    if (fault !== null) throw invalid(`The grant ${fault}.`, { fields: [{ path: "expiresAt", message: fault }] });
    const forTenantId = await tenantNamed(scope, slug);
    const payload = {
      tenantId: ctx.tenantId,
      forTenantId,
      granted,
      grantedBy: actorRef(ctx.actor),
      grantedAt: now.toISOString(),
    };
    return {
      ...{ value: { tenantId: forTenantId }, subject: `tenant:${forTenantId}`, detail: { ...granted } },
      events: [eventOf(planGranted, payload)],
    };
  },
});

/** Takes away what was granted to a tenant by hand: what it bought, or the licence, counts again. By the same people. */
export const endGrant = defineWrite({
  action: "pricing.set",
  receipt: "entitlement.revoke",
  input: endGrantSchema,
  load: pricesThemselves,
  write: async (scope, { tenant: slug }) => {
    const { ctx, now } = scope;
    const forTenantId = await tenantNamed(scope, slug);
    const payload = {
      tenantId: ctx.tenantId,
      forTenantId,
      granted: null,
      grantedBy: actorRef(ctx.actor),
      grantedAt: now.toISOString(),
    };
    return {
      ...{ value: { tenantId: forTenantId }, subject: `tenant:${forTenantId}`, detail: {} },
      events: [eventOf(planGranted, payload)],
    };
  },
});
