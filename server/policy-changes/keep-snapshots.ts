import { policySnapshots } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Policy } from "@/policies/access/policy";

/** Keeps policies whole under their revisions, once each: what a record names can be asked again. */
export async function keepSnapshots(tx: Tx, tenantId: string, at: Date, policies: readonly Policy[]): Promise<void> {
  const rows = policies.map(({ profile, revision, pack, clauses }) => ({
    ...{ tenantId, revision, at },
    policy: { profile, revision, pack, clauses },
  }));
  await tx.insert(policySnapshots).values(rows).onConflictDoNothing();
}
