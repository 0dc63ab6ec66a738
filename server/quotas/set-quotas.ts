import { eq } from "drizzle-orm";
import { tenants } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import { actorRef } from "@/server/kernel/actor";
import { notFound } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, deploymentItself } from "@/server/verb";
import { quotasSet } from "./events";
import { setQuotasSchema } from "./schemas";

/**
 * Sets what a tenant may have at a time. Belongs to the operating tenant; a tenant that is not there is NotFound. The rows
 * are that tenant's own, behind its wall: a job writes them, with a receipt there too.
 */
export const setQuotas = defineWrite({
  action: "deployment.set_quotas",
  receipt: "quota.set",
  input: setQuotasSchema,
  load: deploymentItself,
  write: async ({ ctx, now }, { tenant: slug, ...quotas }) => {
    const [named] = await withSystem(ctx, "find-tenant", (tx) =>
      tx.select({ tenantId: tenants.tenantId }).from(tenants).where(eq(tenants.slug, slug)),
    );
    if (named === undefined) throw notFound("tenant");
    const { tenantId: forTenantId } = named;
    const set = { forTenantId, quotas, setBy: actorRef(ctx.actor), setAt: now.toISOString() };
    return {
      value: { tenantId: forTenantId },
      subject: `tenant:${forTenantId}`,
      detail: { ...quotas },
      events: [eventOf(quotasSet, { tenantId: ctx.tenantId, ...set })],
    };
  },
});
