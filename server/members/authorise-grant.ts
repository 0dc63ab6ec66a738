import { refusal } from "@/policies/access/decide";
import type { Action, Role } from "@/policies/access/vocabulary";
import { Denied, type Loaded, revisionOf, type TenantContext } from "@/server/verb";
import { refuseGrant, type Rights, widensOwnRights } from "./domain/grants";

/** Throws what policy's own denials throw, so that a refused grant is on record like any other. */
function deny(
  { tenant }: TenantContext,
  action: Action,
  { resource, subject }: Loaded,
  reason: string,
  whoCould: Role[],
): never {
  throw new Denied(action, resource, subject, refusal(revisionOf(tenant), reason, whoCould));
}

/** Throws Forbidden unless the caller may give and take these roles. */
export function authoriseGrant(ctx: TenantContext, action: Action, found: Loaded, roles: readonly Role[]): void {
  const refused = refuseGrant({ roles: ctx.principal.roles, isOperatorTenant: ctx.tenant.isOperator }, roles);
  if (refused !== null) deny(ctx, action, found, "grants_beyond_own", refused.whoCould);
}

/** Throws Forbidden when a change to the caller's own rights would widen them. */
export function authoriseOwnChange(
  ctx: TenantContext,
  action: Action,
  found: Loaded,
  before: Rights,
  after: Rights,
): void {
  if (widensOwnRights(before, after)) deny(ctx, action, found, "widens_own_rights", []);
}
