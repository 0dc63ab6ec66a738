import type { Scope } from "@/server/verb";

/** What a tenant pays for, as policy sees it. */
export async function billingItself({ ctx }: Pick<Scope, "ctx">) {
  return { resource: { subject: "billing" as const, tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` };
}
