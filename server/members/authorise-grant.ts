import { POLICY_REVISION } from "@/policies/access/decide";
import type { Action, Role } from "@/policies/access/vocabulary";
import { Denied, type Loaded, type TenantContext } from "@/server/verb";
import { refuseGrant, type Rights, widensOwnRights } from "./domain/grants";

/** Throws what policy's own denials throw, so that a refused grant is on record like any other. */
function deny(action: Action, { resource, subject }: Loaded, reason: string, whoCould: Role[]): never {
  throw new Denied(action, resource, subject, {
    ...{ allow: false, code: "NO_GRANT", revision: POLICY_REVISION, matched: [], failed: [reason], whoCould },
  });
}

/** Throws Forbidden unless the caller may give and take these roles. */
export function authoriseGrant(ctx: TenantContext, action: Action, found: Loaded, roles: readonly Role[]): void {
  const refusal = refuseGrant({ roles: ctx.principal.roles, isOperatorTenant: ctx.tenant.isOperator }, roles);
  if (refusal !== null) deny(action, found, "grants_beyond_own", refusal.whoCould);
}

/** Throws Forbidden when a change to the caller's own rights would widen them. */
export function authoriseOwnChange(action: Action, found: Loaded, before: Rights, after: Rights): void {
  if (widensOwnRights(before, after)) deny(action, found, "widens_own_rights", []);
}
