import type { Loaded, Scope } from "@/server/verb";

/** The tenant's decisions at large, as policy sees them. */
export async function loadDecisions({ ctx }: Pick<Scope, "ctx">): Promise<Loaded> {
  return { resource: { subject: "decision", tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` };
}
