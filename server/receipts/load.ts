import type { Loaded, Scope } from "@/server/verb";

/** The tenant's receipts at large, as policy sees them. */
export async function loadReceipts({ ctx }: Scope): Promise<Loaded> {
  return { resource: { subject: "receipt", tenantId: ctx.tenantId }, subject: `tenant:${ctx.tenantId}` };
}
