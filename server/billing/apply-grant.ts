import type { z } from "zod";
import type { Database } from "@/db/client";
import { overridePlan } from "@/server/entitlements";
import type { NewId } from "@/server/kernel/ids";
import type { planGranted } from "./events";

interface ApplyContext {
  database: Database;
  newId: NewId;
}

/**
 * Writes what was granted into the tenant's own rows, with a receipt in its chain. May be repeated, and come out of
 * order: what was decided last stays.
 */
export function applyGrant(
  { database, newId }: ApplyContext,
  { forTenantId: tenantId, granted, grantedBy: by, grantedAt }: z.output<typeof planGranted.payload>,
): Promise<void> {
  // At the moment of the decision, so that two of them count in their order, whenever their jobs run.
  const ctx = { database, tenantId, newId, by, clock: { now: () => new Date(grantedAt) } };
  return overridePlan(ctx, granted === null ? null : { ...granted, expiresAt: new Date(granted.expiresAt) });
}
