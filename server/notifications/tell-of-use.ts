import { and, arrayContains, eq } from "drizzle-orm";
import { members, tenants } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { countTold, type TellContext } from "./tell";

/** Tells a tenant's administrators how far they have come with a limit of the month, once for each of its marks. Gives how many were told now. */
export function tellOfUse(
  ctx: TellContext,
  { month, limit, mark, title }: { month: string; limit: string; mark: number; title: string },
): Promise<number> {
  return withTenant(ctx, async (tx) => {
    const [tenant] = await tx.select({ slug: tenants.slug }).from(tenants).where(eq(tenants.tenantId, ctx.tenantId));
    const administrators = await tx
      .select({ userId: members.userId })
      .from(members)
      .where(and(eq(members.tenantId, ctx.tenantId), arrayContains(members.roles, ["tenant_admin"])));
    const userIds = administrators.map(({ userId }) => userId);
    const href = `/t/${tenant?.slug ?? ""}/billing`;
    return countTold(tx, ctx, userIds, { dedupe: `usage.reached:${month}:${limit}:${mark}`, title, href });
  });
}
