export { createTenant } from "./create-tenant";
export { listOwnTenants } from "./list-own-tenants";
export { updateTenant } from "./update-tenant";
