import { appendLink } from "@/db/chain";
import type { Database } from "@/db/client";
import { entitlements } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { AddOn } from "@/policies/entitlements/features";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import { lockEntitlements } from "./features";

interface OperatorContext {
  database: Database;
  tenantId: string;
  clock: Clock;
  newId: NewId;
}

/** How a tenant's add-ons stand after a change. */
export interface AddOnsChanged {
  addOns: string[];
  /** False where they stood so already, which leaves no receipt. */
  isChanged: boolean;
}

/**
 * Grants an add-on to a tenant or takes it away, with a receipt in that tenant's chain. No verb: nobody within a tenant
 * may ask for it. Whoever runs the command line of a deployment operates it.
 */
export function changeAddOns(ctx: OperatorContext, change: "grant" | "revoke", addOn: AddOn): Promise<AddOnsChanged> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const before = await lockEntitlements(tx, tenantId);
    const others = (before?.addOns ?? []).filter((word) => word !== addOn);
    const addOns = change === "grant" ? [...others, addOn].sort() : others;
    if (addOns.length === (before?.addOns ?? []).length) return { addOns, isChanged: false };
    const now = ctx.clock.now();
    const version = (before?.version ?? 0) + 1;
    const set = { version, source: "manual" as const, addOns, updatedAt: now };
    await tx
      .insert(entitlements)
      .values({ tenantId, ...set })
      .onConflictDoUpdate({ target: entitlements.tenantId, set });
    appendLink(tx, "receipts", {
      ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: "system" },
      ...{ action: `entitlement.${change}`, subject: `tenant:${tenantId}` },
      body: { detail: { addOn, version, addOns } },
    });
    return { addOns, isChanged: true };
  });
}

/** A tenant's add-ons as they stand, by name. */
export async function listAddOns(ctx: Pick<OperatorContext, "database" | "tenantId">): Promise<string[]> {
  const [row] = await withTenant(ctx, (tx) => tx.select({ addOns: entitlements.addOns }).from(entitlements));
  return row?.addOns ?? [];
}
