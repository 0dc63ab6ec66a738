import { and, eq } from "drizzle-orm";
import { members, tenants } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import type { TenantContext, UserContext } from "@/server/verb";

/** Enters a tenant by its slug as one of its members; null when there is no such tenant or no such member, alike. */
export async function findMembership(user: UserContext, slug: string): Promise<TenantContext | null> {
  const row = await withSystem(user, "find-membership", async (tx) => {
    const [found] = await tx
      .select({ member: members, tenant: tenants })
      .from(members)
      .innerJoin(tenants, eq(tenants.tenantId, members.tenantId))
      .where(and(eq(tenants.slug, slug), eq(members.userId, user.user.id)));
    return found ?? null;
  });
  if (row === null) return null;
  const { database, clock, newId, requestId, actor } = user;
  const { tenantId, slug: tenantSlug, name, isOperator, governanceProfile } = row.tenant;
  const { roles, region, businessUnit, clearance } = row.member;
  return {
    ...{ database, clock, newId, requestId, actor, tenantId },
    tenant: { slug: tenantSlug, name, isOperator, governanceProfile },
    principal: { kind: "user", id: user.user.id, tenantId, roles, region, businessUnit, clearance },
  };
}
