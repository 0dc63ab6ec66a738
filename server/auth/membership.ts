import type { Column, GetColumnData } from "drizzle-orm";
import { members, tenants } from "@/db/schema";
import type { TenantContext, UserContext } from "@/server/verb";

/** What a membership says, of the tables `members` and `tenants`. */
export const membershipColumns = {
  tenant: {
    id: tenants.tenantId,
    slug: tenants.slug,
    name: tenants.name,
    isOperator: tenants.isOperator,
    governanceProfile: tenants.governanceProfile,
    tightening: tenants.tightening,
    pendingPolicy: tenants.pendingPolicy,
    followsDefault: tenants.followsDefault,
  },
  rights: {
    roles: members.roles,
    region: members.region,
    businessUnit: members.businessUnit,
    clearance: members.clearance,
    breakGlassUntil: members.breakGlassUntil,
    memberId: members.id,
    auditorUntil: members.auditorUntil,
  },
};

type Values<Columns extends Record<string, Column>> = { [Name in keyof Columns]: GetColumnData<Columns[Name]> };

interface Membership {
  tenant: Values<typeof membershipColumns.tenant>;
  rights: Values<typeof membershipColumns.rights>;
}

/** A person's call inside a tenant that they are a member of, with the rights they have at this moment. */
export function contextIn(
  { database, clock, newId, requestId, user, actor }: UserContext,
  { tenant: { id: tenantId, ...tenant }, rights: { breakGlassUntil, memberId, auditorUntil, ...rights } }: Membership,
): TenantContext {
  const breakGlass = breakGlassUntil !== null && breakGlassUntil > clock.now();
  const principal = { kind: "user" as const, id: user.id, tenantId, ...rights, breakGlass };
  const auditor = auditorUntil === null ? {} : { auditor: { memberId, until: auditorUntil } };
  return { database, clock, newId, requestId, actor, tenantId, tenant, principal, ...auditor };
}
