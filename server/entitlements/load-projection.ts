import { and, eq, isNull } from "drizzle-orm";
import { entitlementOverrides, entitlements, entitlementTrials } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { effectiveProjection } from "@/policies/entitlements/effective";
import { isAddOn } from "@/policies/entitlements/features";
import { licenceProjection } from "@/policies/entitlements/licence";
import type { Projection } from "@/policies/entitlements/projection";
import { trialProjection } from "@/policies/entitlements/trial";
import { installedLicence } from "./installed-licence";

type Row = typeof entitlements.$inferSelect;

const MOMENTS = ["statusSince", "graceUntil", "periodEnd", "endsAt", "endedAt"] as const;

/** A projection as JSON keeps it, with its moments as moments again. Only our own code wrote it. */
function revived(stored: unknown): Projection | null {
  if (stored === null || stored === undefined) return null;
  const kept = stored as Projection;
  const moments = MOMENTS.map((name) => [name, kept[name] === null ? null : new Date(kept[name])]);
  return { ...kept, ...(Object.fromEntries(moments) as object), previous: revived(kept.previous) };
}

/** What a row says was bought. */
export function bought({ tenantId: _t, version: _v, customerId: _c, updatedAt: _u, ...row }: Row): Projection {
  return { ...row, addOns: row.addOns.filter(isAddOn), previous: revived(row.previous) };
}

/** What a tenant has bought, whatever else counts above it; null for one that has not. */
export async function loadBought(tx: Tx, tenantId: string): Promise<Projection | null> {
  const [row] = await tx.select().from(entitlements).where(eq(entitlements.tenantId, tenantId));
  return row === undefined ? null : bought(row);
}

/** The override of a tenant that nobody has ended, expired or not. */
export async function openOverride(tx: Tx, tenantId: string) {
  const [row] = await tx
    .select()
    .from(entitlementOverrides)
    .where(and(eq(entitlementOverrides.tenantId, tenantId), isNull(entitlementOverrides.endedAt)));
  return row ?? null;
}

/** What a tenant tries or tried without paying; null for one that never did. */
async function loadTrial(tx: Tx, tenantId: string) {
  const [row] = await tx.select().from(entitlementTrials).where(eq(entitlementTrials.tenantId, tenantId));
  return row ?? null;
}

/** What counts for a tenant at a moment; null where nobody has said anything. The statements are sent at once. */
export async function loadProjection(tx: Tx, tenantId: string, now: Date): Promise<Projection | null> {
  const [[row], override, trial] = await Promise.all([
    tx.select().from(entitlements).where(eq(entitlements.tenantId, tenantId)),
    openOverride(tx, tenantId),
    loadTrial(tx, tenantId),
  ]);
  const licence = installedLicence(now);
  return effectiveProjection(
    {
      ...{ override, licence: licence === null ? null : licenceProjection(licence, now) },
      bought: row === undefined ? null : bought(row),
      trial: trial === null ? null : trialProjection(trial, now),
    },
    now,
  );
}
