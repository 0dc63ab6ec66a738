import { and, eq } from "drizzle-orm";
import { policyChanges, tenants } from "@/db/schema";
import { policyFor } from "@/policies/packs/tightening";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, type Scope } from "@/server/verb";
import type { PolicyChangeStatus } from "./domain/status";
import { policyDecided } from "./events";
import { keepSnapshots } from "./keep-snapshots";
import { loadPolicyChange, type PolicyChangeRow } from "./load";
import { decidePolicyChangeSchema, withdrawPolicyChangeSchema } from "./schemas";

/** Who proposed a change that came with the deployment's default. */
export const BY_DEPLOYMENT = "system";

/** Ends a change that waits (Conflict where it does not any more), and writes what the tenant is governed by from now on. */
async function endChange(
  { ctx, tx, now }: Scope,
  change: PolicyChangeRow,
  status: Exclude<PolicyChangeStatus, "pending">,
  comment: string | null,
) {
  if (change.status !== "pending") throw conflict(`This change does not wait any more: it is ${change.status}.`);
  const { tenantId } = ctx;
  const byDeployment = change.proposedBy === BY_DEPLOYMENT;
  const itself = and(eq(policyChanges.tenantId, tenantId), eq(policyChanges.id, change.id));
  await tx
    .update(policyChanges)
    .set({ status, decidedBy: actorRef(ctx.actor), decidedAt: now, comment })
    .where(itself);
  const governing =
    status === "approved"
      ? { governanceProfile: change.profile, tightening: change.tightening, followsDefault: byDeployment }
      : // A tenant that declines the deployment's default has its own from now on, and is not asked again.
        byDeployment
        ? { followsDefault: false }
        : {};
  await tx
    .update(tenants)
    .set({ ...governing, pendingPolicy: null })
    .where(eq(tenants.tenantId, tenantId));
  return {
    value: { changeId: change.id, status },
    detail: {
      ...{ fromRevision: change.fromRevision, toRevision: change.toRevision, status, comment },
      // What the tenant is governed by from here on: a row that says otherwise was changed past the product.
      ...{ profile: change.profile, tightening: change.tightening },
    },
    events: [eventOf(policyDecided, { tenantId, changeId: change.id, status })],
  };
}

/**
 * A second person approves or rejects a change, as they have read it: refuses (Conflict) another revision than the one
 * that it comes to now, and a change that does not wait any more. Nobody decides about their own (Forbidden).
 */
export const decidePolicyChange = defineWrite({
  action: "policy.approve",
  receipt: "policy.decide",
  input: decidePolicyChangeSchema,
  load: loadPolicyChange,
  write: async (scope, { toRevision, verdict, comment }, { change }) => {
    const next = policyFor(change);
    if (verdict === "approved" && next.revision !== toRevision)
      throw conflict("The pack has changed since this was proposed. Read what it comes to now, and decide again.", {
        toRevision: next.revision,
      });
    if (verdict === "approved") await keepSnapshots(scope.tx, scope.ctx.tenantId, scope.now, [next]);
    return endChange(scope, change, verdict, comment === "" ? null : comment);
  },
});

/** Takes a proposal back; the policy stays what it was. */
export const withdrawPolicyChange = defineWrite({
  action: "policy.withdraw",
  receipt: "policy.withdraw",
  input: withdrawPolicyChangeSchema,
  load: loadPolicyChange,
  write: async (scope, _input, { change }) => endChange(scope, change, "withdrawn", null),
});
