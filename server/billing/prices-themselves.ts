import type { Scope } from "@/server/verb";

/** What everything costs. Only the operating tenant's members could be granted it: to others it is a thing of another tenant. */
export async function pricesThemselves({ ctx }: Pick<Scope, "ctx">) {
  const tenantId = ctx.tenant.isOperator ? ctx.tenantId : "the operating tenant";
  return { resource: { subject: "pricing" as const, tenantId }, subject: "pricing:all" };
}
