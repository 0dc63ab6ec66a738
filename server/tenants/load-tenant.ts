import type { Loaded, Scope } from "@/server/verb";

/** The tenant itself as policy sees it; the wall already chose it. */
export async function loadTenant({ ctx }: Scope): Promise<Loaded> {
  return { resource: { subject: "tenant", tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` };
}
