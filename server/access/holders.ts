import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { apiKeys, members, users } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import { decide } from "@/policies/access/decide";
import type { Principal } from "@/policies/access/request";
import { policiesOf, type Scope, type TenantContext } from "@/server/verb";

/** A member or a live API key, as pages name them and as policy sees them. */
export interface Holder {
  kind: "member" | "api_key";
  /** Member or key id. */
  id: string;
  name: string;
  email: string | null;
  principal: Principal;
  /** Since when they belong to the tenant. */
  since: Date;
  /** When it ends by itself: of a key and of an auditor. */
  until: Date | null;
}

/** Which keys there are is for those who may see keys. */
function maySeeKeys({ tenantId, tenant, principal }: TenantContext): boolean {
  const resource = { subject: "api_key" as const, tenantId };
  return decide(policiesOf(tenant), { principal, action: "api_key.read", resource }).allow;
}

/**
 * All members of a tenant and then, as far as the caller may see them, its live keys, each in the order in which they came:
 * two queries, however many.
 */
export async function listHolders({ ctx, tx, now }: Scope): Promise<Holder[]> {
  const { tenantId } = ctx;
  const people = await tx
    .select({ member: members, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, tenantId), isStanding(now)))
    .orderBy(asc(members.id));
  const live = and(eq(apiKeys.tenantId, tenantId), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now));
  const keys = maySeeKeys(ctx) ? await tx.select().from(apiKeys).where(live).orderBy(asc(apiKeys.id)) : [];
  return [
    ...people.map(({ member, name, email }): Holder => {
      const { id, userId, roles, region, businessUnit, clearance, createdAt, auditorUntil: until } = member;
      const breakGlass = member.breakGlassUntil !== null && member.breakGlassUntil > now;
      const rights = { roles, region, businessUnit, clearance, breakGlass };
      const principal: Principal = { kind: "user", id: userId, tenantId, ...rights };
      return { kind: "member", id, name: name ?? email, email, principal, since: createdAt, until };
    }),
    ...keys.map(({ id, name, roles, region, businessUnit, clearance, createdAt, expiresAt: until }): Holder => {
      const principal: Principal = { kind: "api_key", id, tenantId, roles, region, businessUnit, clearance };
      return { kind: "api_key", id, name, email: null, principal, since: createdAt, until };
    }),
  ];
}

/** What answers say of a holder. */
export const holderDto = ({ kind, id, name, email, principal, until }: Holder) => ({
  ...{ kind, id, name, email, roles: [...principal.roles], region: principal.region },
  ...{ businessUnit: principal.businessUnit, clearance: principal.clearance },
  until: until?.toISOString() ?? null,
});
