import { createRouter } from "@/server/trpc/init";
import { accountMutation, accountQuery, tenantMutation } from "@/server/trpc/procedures";
import { createTenant, listOwnTenants, provisionTenant, updateTenant } from "./index";

export const tenantsRouter = createRouter({
  create: accountMutation(createTenant),
  listOwn: accountQuery(listOwnTenants),
  update: tenantMutation(updateTenant),
  provision: tenantMutation(provisionTenant),
});
