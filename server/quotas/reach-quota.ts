import { appendLink } from "@/db/chain";
import { quotaEpisodes } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { actorRef, type Actor } from "@/server/kernel/actor";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import type { Database } from "@/db/client";
import { limitOf, type Quota } from "./domain/quota";
import { loadQuotas } from "./load-quotas";

interface ReachContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
  tenantId: string;
  /** Who met the quota; nobody where a worker did. */
  actor?: Actor;
}

/**
 * Says that a quota is hit: the first time of an episode with a receipt, and not again before that has ended
 * (`watchQuotas`). True for the first.
 */
export function reachQuota(ctx: ReachContext, quota: Quota): Promise<boolean> {
  const { tenantId, newId, requestId } = ctx;
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const id = newId("quotaEpisode");
    const begun = await tx
      .insert(quotaEpisodes)
      .values({ tenantId, id, quota, beganAt: now })
      .onConflictDoNothing()
      .returning({ id: quotaEpisodes.id });
    if (begun.length === 0) return false;
    const { quotas } = await loadQuotas(tx, tenantId);
    appendLink(tx, "receipts", {
      ...{ tenantId, id: newId("receipt"), at: now.toISOString(), action: "quota.reached" },
      actor: ctx.actor === undefined ? "job:watch-quotas" : actorRef(ctx.actor),
      subject: `tenant:${tenantId}`,
      body: { requestId, detail: { quota, limit: limitOf(quotas, quota), episode: id } },
    });
    return true;
  });
}
