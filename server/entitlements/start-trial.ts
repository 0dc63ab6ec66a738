import { appendLink } from "@/db/chain";
import { entitlementTrials } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { TRIAL_DAYS, TRIAL_PLAN } from "@/policies/entitlements/trial";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";

interface TrialContext {
  tenantId: string;
  clock: Clock;
  newId: NewId;
  /** The person who founds the tenant. */
  user: { id: string };
}

/**
 * Begins the trial of a new tenant, within the transaction that makes it, with a receipt. A tenant tries once, and so does a
 * person: for whoever tried before, with this tenant or another, nothing begins (false).
 */
export async function startTrial(tx: Tx, { tenantId, clock, newId, user }: TrialContext): Promise<boolean> {
  const startedAt = clock.now();
  const endsAt = new Date(startedAt.getTime() + TRIAL_DAYS * 86_400_000);
  const begun = await tx
    .insert(entitlementTrials)
    .values({ tenantId, plan: TRIAL_PLAN, catalogueVersion: CATALOGUE.version, startedBy: user.id, startedAt, endsAt })
    .onConflictDoNothing()
    .returning({ tenantId: entitlementTrials.tenantId });
  if (begun.length === 0) return false;
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: startedAt.toISOString(), actor: "system" },
    ...{ action: "entitlement.trial", subject: `tenant:${tenantId}` },
    body: { detail: { plan: TRIAL_PLAN, endsAt: endsAt.toISOString() } },
  });
  return true;
}
