import { refusal } from "@/policies/access/decide";
import type { Action, DataSensitivity } from "@/policies/access/vocabulary";
import { Denied, type Loaded, revisionOf, type TenantContext } from "@/server/verb";
import { isWithin } from "./domain/limits";

/** Throws Forbidden, on record like any denial, when a key would see more than the caller who holds its secret. */
export function authoriseClearance(
  ctx: TenantContext,
  action: Action,
  { resource, subject }: Loaded,
  clearance: DataSensitivity,
): void {
  if (isWithin(clearance, ctx.principal.clearance)) return;
  throw new Denied(action, resource, subject, refusal(revisionOf(ctx.tenant), "clearance_beyond_own"));
}
