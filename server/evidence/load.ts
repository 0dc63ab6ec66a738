import { and, eq } from "drizzle-orm";
import { evidenceItems } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";

/** The tenant's evidence at large. */
export const loadEvidence = async ({ ctx }: Pick<Scope, "ctx">) => ({
  resource: { subject: "evidence" as const, tenantId: ctx.tenantId },
  subject: `tenant:${ctx.tenantId}`,
});

/** One item of the tenant; throws NotFound, for another tenant's alike. */
export async function loadItem(scope: Scope, { evidenceId }: { evidenceId: string }) {
  const { ctx, tx } = scope;
  const [item] = await tx
    .select()
    .from(evidenceItems)
    .where(and(eq(evidenceItems.tenantId, ctx.tenantId), eq(evidenceItems.id, evidenceId)));
  if (item === undefined) throw notFound("evidence");
  return { ...(await loadEvidence(scope)), subject: `evidence:${evidenceId}`, item };
}
