import { eq } from "drizzle-orm";
import { entitlements } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Projection } from "@/policies/entitlements/projection";
import { canonicalJson } from "@/server/kernel/json";
import { bought } from "./load-projection";

/** What a tenant had bought before a write and after it. */
export interface BoughtChanged {
  before: Projection | null;
  after: Projection | null;
  /** False where both are the same: then nothing was written. */
  isChanged: boolean;
  version: number;
}

const same = (one: Projection | null, other: Projection | null): boolean =>
  canonicalJson(plain(one)) === canonicalJson(plain(other));
/** Moments as text, as JSON has none. */
const plain = (projection: Projection | null) => JSON.parse(JSON.stringify(projection)) as never;

/**
 * Writes what a tenant has bought, as the caller decides from what was there before and which customer bought it. The caller holds
 * the customer's lease, in whose transaction this is. The version counts up with each change.
 */
export async function writeBought(
  tx: Tx,
  { tenantId, customerId, now }: { tenantId: string; customerId: string; now: Date },
  decide: (before: Projection | null, boughtBy: string | null) => Projection | null,
): Promise<BoughtChanged> {
  const [row] = await tx.select().from(entitlements).where(eq(entitlements.tenantId, tenantId)).for("update");
  const before = row === undefined ? null : bought(row);
  const after = decide(before, row?.customerId ?? null);
  const version = row?.version ?? 0;
  if (after === null || same(before, after)) return { before, after: before, isChanged: false, version };
  const values = {
    ...{ ...after, addOns: [...after.addOns], source: "stripe" as const, previous: plain(after.previous) },
    ...{ customerId, version: version + 1, updatedAt: now },
  };
  await tx
    .insert(entitlements)
    .values({ tenantId, ...values })
    .onConflictDoUpdate({ target: entitlements.tenantId, set: values });
  return { before, after, isChanged: true, version: version + 1 };
}
