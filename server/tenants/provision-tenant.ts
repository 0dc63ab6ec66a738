import { eq } from "drizzle-orm";
import { tenants } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import { grantFault, installedLicence, requireTenantPlace } from "@/server/entitlements";
import { actorRef } from "@/server/kernel/actor";
import { conflict, invalid } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, deploymentItself } from "@/server/verb";
import { tenantProvisioned } from "./events";
import { provisionTenantSchema } from "./schemas";

/**
 * Makes a tenant for a customer of a partner, with its plan until a day and an invitation to its first administrator. Belongs
 * to the operating tenant. Refuses an address that is taken (Conflict), a day that is past or more than a year off (Invalid),
 * and one more than is licensed (LimitReached). A job makes it, with receipts in its own chain.
 */
export const provisionTenant = defineWrite({
  action: "deployment.provision",
  receipt: "tenant.provision",
  input: provisionTenantSchema,
  load: deploymentItself,
  write: async ({ ctx, tx, now }, wanted) => {
    const { slug, plan, email, moreSeats, expiresAt, reason } = wanted;
    const fault = grantFault(new Date(expiresAt), now);
    if (fault !== null) throw invalid(`The plan ${fault}.`, { fields: [{ path: "expiresAt", message: fault }] });
    const [taken] = await withSystem(ctx, "find-tenant", (system) =>
      system.select({ tenantId: tenants.tenantId }).from(tenants).where(eq(tenants.slug, slug)),
    );
    if (taken !== undefined) throw conflict(`The address ${slug} is taken. Choose another.`, { field: "slug" });
    await requireTenantPlace(tx, ctx, installedLicence(now));
    const forTenantId = ctx.newId("tenant");
    const by = { provisionedBy: actorRef(ctx.actor), userId: ctx.principal.id, provisionedAt: now.toISOString() };
    return {
      ...{ value: { tenantId: forTenantId, slug }, subject: `tenant:${forTenantId}` },
      detail: { slug, name: wanted.name, email, plan, moreSeats, expiresAt, reason },
      events: [eventOf(tenantProvisioned, { tenantId: ctx.tenantId, forTenantId, wanted, ...by })],
    };
  },
});
