import type { Scope } from "./define";

/**
 * All tenants together. Only the operating tenant's members could be granted anything on it: to others it is a thing of
 * another tenant, by a word that no tenant's id can be.
 */
export async function deploymentItself({ ctx }: Pick<Scope, "ctx">) {
  const tenantId = ctx.tenant.isOperator ? ctx.tenantId : "the operating tenant";
  return { resource: { subject: "deployment" as const, tenantId }, subject: "deployment:all" };
}
