import { DATA_SENSITIVITIES, type DataSensitivity, type Role } from "@/policies/access/vocabulary";

/** Roles that manage members at all. */
export const ADMINISTRATOR_ROLES: readonly Role[] = ["tenant_admin", "conductor_admin"];

/** What a member may do and see: the part of a membership that administrators set. */
export interface Rights {
  roles: readonly Role[];
  region: string;
  businessUnit: string;
  clearance: DataSensitivity;
}

/** Who grants: their own roles, and whether the tenant is the one that runs the deployment. */
export interface Granter {
  roles: readonly Role[];
  isOperatorTenant: boolean;
}

/**
 * Roles whose holders may give or take this role. Ownership is passed on by owners only. `conductor_admin` reaches no
 * further than its tenant, so an owner may give it; except in the operating tenant, where it runs the deployment.
 */
function granters(role: Role, isOperatorTenant: boolean): readonly Role[] {
  if (role === "tenant_admin") return ["tenant_admin"];
  if (role === "conductor_admin" && isOperatorTenant) return ["conductor_admin"];
  return ADMINISTRATOR_ROLES;
}

/** Who could give or take these roles where this person may not; null when they may. */
export function refuseGrant(granter: Granter, roles: readonly Role[]): { whoCould: Role[] } | null {
  const beyond = roles
    .map((role) => granters(role, granter.isOperatorTenant))
    .filter((needed) => !needed.some((role) => granter.roles.includes(role)));
  return beyond.length === 0 ? null : { whoCould: [...new Set(beyond.flat())] };
}

/** Roles that are in one list and not in the other. */
export function changedRoles(before: readonly Role[], after: readonly Role[]): Role[] {
  return [...before.filter((role) => !after.includes(role)), ...after.filter((role) => !before.includes(role))];
}

/** True when a change to one's own rights would widen them: people give up rights of their own, never gain any. */
export function widensOwnRights(before: Rights, after: Rights): boolean {
  const gainsRole = after.roles.some((role) => !before.roles.includes(role));
  const moves = after.region !== before.region || after.businessUnit !== before.businessUnit;
  const gainsClearance = DATA_SENSITIVITIES.indexOf(after.clearance) > DATA_SENSITIVITIES.indexOf(before.clearance);
  return gainsRole || moves || gainsClearance;
}

/** Roles that a tenant is never left without: its owner's and, where the deployment is run from, that administrator's. */
export function keptRoles(isOperatorTenant: boolean): readonly Role[] {
  return isOperatorTenant ? ["tenant_admin", "conductor_admin"] : ["tenant_admin"];
}
