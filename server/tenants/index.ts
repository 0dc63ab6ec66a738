export { createTenant } from "./create-tenant";
export { findTenantId } from "./find-tenant-id";
export { listOwnTenants } from "./list-own-tenants";
export { updateTenant } from "./update-tenant";
