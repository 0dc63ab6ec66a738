import { and, eq } from "drizzle-orm";
import { audits } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";

/** The tenant's audits at large, as policy sees them. */
export const loadAudits = async ({ ctx }: Pick<Scope, "ctx">) => ({
  resource: { subject: "audit" as const, tenantId: ctx.tenantId },
  subject: `tenant:${ctx.tenantId}`,
});

/** One audit of the tenant; throws NotFound, for another tenant's alike. */
export async function loadAudit(scope: Scope, { auditId }: { auditId: string }) {
  const { ctx, tx } = scope;
  const [row] = await tx
    .select()
    .from(audits)
    .where(and(eq(audits.tenantId, ctx.tenantId), eq(audits.id, auditId)));
  if (row === undefined) throw notFound("audit");
  return { ...(await loadAudits(scope)), subject: `audit:${auditId}`, row };
}
