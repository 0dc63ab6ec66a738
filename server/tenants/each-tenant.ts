import { asc, gt } from "drizzle-orm";
import type { Database } from "@/db/client";
import { tenants } from "@/db/schema";
import { withSystem } from "@/db/tenancy";

/** Tenants that are named by one sweep. */
const BATCH = 500;

/** Does the work for every tenant, one after the other. It enters each by the tenant's own door. */
export async function eachTenant(database: Database, work: (tenantId: string) => Promise<void>): Promise<void> {
  let last = "";
  for (;;) {
    const after = last;
    const batch = await withSystem({ database }, "list-tenants", (tx) =>
      tx
        .select({ tenantId: tenants.tenantId })
        .from(tenants)
        .where(gt(tenants.tenantId, after))
        .orderBy(asc(tenants.tenantId))
        .limit(BATCH),
    );
    for (const { tenantId } of batch) await work(tenantId);
    last = batch.at(-1)?.tenantId ?? last;
    if (batch.length < BATCH) return;
  }
}
