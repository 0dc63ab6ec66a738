export { createTenant } from "./create-tenant";
export { eachTenant } from "./each-tenant";
export { findTenantId } from "./find-tenant-id";
export { listOwnTenants } from "./list-own-tenants";
export { updateTenant } from "./update-tenant";
