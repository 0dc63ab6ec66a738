import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenancy";
import { loadProjection } from "./load-projection";

/** A tenant's add-ons as they stand at a moment, by name, whichever source they come from. */
export async function listAddOns(ctx: { database: Database; tenantId: string }, now: Date): Promise<string[]> {
  const projection = await withTenant(ctx, (tx) => loadProjection(tx, ctx.tenantId, now));
  return [...(projection?.addOns ?? [])];
}
