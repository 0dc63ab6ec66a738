export { createTenant } from "./create-tenant";
export { eachTenant } from "./each-tenant";
export { tenantCreated, tenantProvisioned } from "./events";
export { findTenantId } from "./find-tenant-id";
export { listOwnTenants } from "./list-own-tenants";
export { provisionTenant } from "./provision-tenant";
export { provisionTenantSchema } from "./schemas";
export { setUpTenant } from "./set-up-tenant";
export { updateTenant } from "./update-tenant";
