import { eq } from "drizzle-orm";
import { tenants } from "@/db/schema";
import { defineWrite, tenantItself } from "@/server/verb";
import { updateTenantSchema } from "./schemas";

/** Renames the tenant. Its slug stays, as links to it must. */
export const updateTenant = defineWrite({
  action: "tenant.update",
  receipt: "tenant.update",
  input: updateTenantSchema,
  load: tenantItself,
  write: async ({ ctx, tx }, input) => {
    await tx.update(tenants).set({ name: input.name }).where(eq(tenants.tenantId, ctx.tenantId));
    return { value: { name: input.name }, detail: { name: input.name } };
  },
});
