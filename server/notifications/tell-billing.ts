import { and, arrayOverlaps, asc, eq } from "drizzle-orm";
import { members, tenants } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { tell, type TellContext } from "./tell";

/** The most who are told of a payment, and mailed about it. */
const MOST_ADMINISTRATORS = 50;

/**
 * Tells the tenant's administrators what there is about its payments, the longest members first and fifty at most. Returns
 * their user ids, also when they were told before.
 */
export async function tellOfBilling(ctx: TellContext, notice: { key: string; title: string }): Promise<string[]> {
  return withTenant(ctx, async (tx) => {
    const [tenant] = await tx.select({ slug: tenants.slug }).from(tenants).where(eq(tenants.tenantId, ctx.tenantId));
    if (tenant === undefined) return [];
    const administrators = await tx
      .select({ userId: members.userId })
      .from(members)
      .where(and(eq(members.tenantId, ctx.tenantId), arrayOverlaps(members.roles, ["tenant_admin", "conductor_admin"])))
      .orderBy(asc(members.createdAt), asc(members.id))
      .limit(MOST_ADMINISTRATORS);
    const userIds = administrators.map(({ userId }) => userId);
    await tell(tx, ctx, userIds, {
      ...{ dedupe: `billing.noticed:${notice.key}`, title: notice.title, href: `/t/${tenant.slug}/billing` },
    });
    return userIds;
  });
}
