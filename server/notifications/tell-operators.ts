import { and, arrayContains, eq } from "drizzle-orm";
import { members, tenants } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { countTold, type TellContext } from "./tell";

/** Tells those who run the deployment something that only they can put right, once each. Gives how many were told now. */
export async function tellOperators(
  ctx: Omit<TellContext, "tenantId">,
  { dedupe, title, page }: { dedupe: string; title: string; page: string },
): Promise<number> {
  const operating = await withSystem(ctx, "find-operators", (tx) =>
    tx.select({ tenantId: tenants.tenantId, slug: tenants.slug }).from(tenants).where(eq(tenants.isOperator, true)),
  );
  let told = 0;
  for (const { tenantId, slug } of operating)
    told += await withTenant({ ...ctx, tenantId }, async (tx) => {
      const administrators = await tx
        .select({ userId: members.userId })
        .from(members)
        .where(and(eq(members.tenantId, tenantId), arrayContains(members.roles, ["conductor_admin"])));
      const userIds = administrators.map(({ userId }) => userId);
      return countTold(tx, { ...ctx, tenantId }, userIds, { dedupe, title, href: `/t/${slug}/${page}` });
    });
  return told;
}
