import { and, eq } from "drizzle-orm";
import { findings, tenants } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { isSettled, ticketOf } from "@/server/findings/domain/finding";
import { administratorsOf, tell, type TellContext } from "./tell";

/**
 * Tells the tenant's administrators, and whoever owns it, that a finding is overdue, once per stage. Returns their user ids, also
 * when they were told before; none once nobody has to do anything about it.
 */
export async function tellOfFinding(
  ctx: TellContext,
  { findingId, stage }: { findingId: string; stage: number },
): Promise<string[]> {
  return withTenant(ctx, async (tx) => {
    const [found] = await tx
      .select({ finding: findings, tenantSlug: tenants.slug })
      .from(findings)
      .innerJoin(tenants, eq(tenants.tenantId, findings.tenantId))
      .where(and(eq(findings.tenantId, ctx.tenantId), eq(findings.id, findingId)));
    if (found === undefined || isSettled(found.finding.status)) return [];
    const { ownerId, number, title } = found.finding;
    const told = new Set([...(ownerId === null ? [] : [ownerId]), ...(await administratorsOf(tx, ctx.tenantId))]);
    await tell(tx, ctx, [...told], {
      dedupe: `finding.overdue:${findingId}:${found.finding.openedAt.toISOString()}:${stage}`,
      title: `${ticketOf(number)} is overdue: ${title}`,
      href: `/t/${found.tenantSlug}/findings/${findingId}`,
    });
    return [...told];
  });
}
