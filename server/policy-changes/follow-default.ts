import { and, eq, ne } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import type { Database } from "@/db/client";
import { recordEvents } from "@/db/outbox";
import { tenants } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import type { GovernanceProfile } from "@/policies/access/vocabulary";
import type { Clock } from "@/server/kernel/clock";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { BY_DEPLOYMENT } from "./decide-policy-change";
import { policyProposed } from "./events";
import { lockTenant } from "./load";
import { recordProposal } from "./propose-policy";

interface FollowContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
}

/**
 * Proposes the deployment's default pack to every tenant that follows it and has another; those that have a change waiting
 * already are left for later. The stricter answer of both counts from the start of a process with the new default on.
 * Returns how many were asked.
 */
export async function followDefault(ctx: FollowContext, profile: GovernanceProfile): Promise<number> {
  const behind = and(eq(tenants.followsDefault, true), ne(tenants.governanceProfile, profile));
  const found = await withSystem(ctx, "follow-default", (tx) =>
    tx.select({ tenantId: tenants.tenantId }).from(tenants).where(behind),
  );
  let asked = 0;
  for (const { tenantId } of found)
    await withTenant({ database: ctx.database, tenantId }, async (tx) => {
      const tenant = await lockTenant(tx, tenantId);
      if (!tenant.followsDefault || tenant.governanceProfile === profile || tenant.pendingPolicy !== null) return;
      const [changeId, now] = [ctx.newId("policyChange"), ctx.clock.now()];
      const reason = `The deployment's default pack is ${profile} now.`;
      const { tightening } = tenant;
      const by = { changeId, reason, proposedBy: BY_DEPLOYMENT, proposedAt: now };
      const recorded = await recordProposal(tx, { tenantId, profile, tightening, ...by });
      recordEvents(tx, tenantId, ctx.newId, [eventOf(policyProposed, { tenantId, changeId })]);
      appendLink(tx, "receipts", {
        ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: BY_DEPLOYMENT },
        ...{ action: "policy.propose", subject: `policy_change:${changeId}` },
        body: { requestId: ctx.requestId, detail: { ...recorded, profile, tightening, reason } },
      });
      asked += 1;
    });
  return asked;
}
