import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { quotaEpisodes, quotaHits, runCounts } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import type { Quota } from "./domain/quota";
import { standingOf } from "@/server/entitlements";
import { loadQuotas } from "./load-quotas";
import { planUse, tellPlanQuota } from "./plan-quotas";
import { reachQuota } from "./reach-quota";

interface WatchContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
}

/** A quota that no claim has met for as long is not hit any more: twice the time between two looks. */
const OVER_AFTER = sql`now() - interval '2 minutes'`;

interface Named {
  tenantId: string;
  quota: Quota;
}

const nameOf = ({ tenantId, quota }: Named) => `${quota} ${tenantId}`;

async function isOver(ctx: WatchContext, { tenantId, quota }: Named, recent: ReadonlySet<string>): Promise<boolean> {
  if (quota !== "queued_runs") return !recent.has(nameOf({ tenantId, quota }));
  const { quotas, load } = await withTenant({ ...ctx, tenantId }, (tx) => loadQuotas(tx, tenantId));
  return load.queued < quotas.mostQueuedRuns;
}

/** Plans change, and end, while runs wait in a queue: claims are told of what the plan has now. */
async function tellPlans(ctx: WatchContext, tenantIds: readonly string[]): Promise<void> {
  for (const tenantId of tenantIds)
    await withTenant({ ...ctx, tenantId }, async (tx) => {
      const now = ctx.clock.now();
      const [{ access }, { knownConcurrent }] = await Promise.all([
        standingOf(tx, tenantId, now),
        planUse(tx, tenantId, now),
      ]);
      const { concurrentRuns } = access.limits;
      if (knownConcurrent !== concurrentRuns) await tellPlanQuota(tx, tenantId, concurrentRuns);
    });
}

/**
 * Tells claims what the plans of tenants with a queue have. Begins an episode, with its receipt, for each quota that claims have met since the last look, and ends those of quotas
 * that are not hit any more. May be repeated. Returns how many began and ended.
 */
export async function watchQuotas(ctx: WatchContext): Promise<{ began: number; ended: number }> {
  const { hits, open, queues } = await withSystem(ctx, "watch-quotas", async (tx) => ({
    hits: await tx
      .select({ tenantId: quotaHits.tenantId, quota: quotaHits.quota })
      .from(quotaHits)
      .where(gt(quotaHits.hitAt, OVER_AFTER)),
    open: await tx
      .select({ tenantId: quotaEpisodes.tenantId, id: quotaEpisodes.id, quota: quotaEpisodes.quota })
      .from(quotaEpisodes)
      .where(isNull(quotaEpisodes.endedAt)),
    queues: await tx.selectDistinct({ tenantId: runCounts.tenantId }).from(runCounts).where(gt(runCounts.queued, 0)),
  }));
  await tellPlans(
    ctx,
    queues.map(({ tenantId }) => tenantId),
  );
  const recent = new Set(hits.map(nameOf));
  const known = new Set(open.map(nameOf));
  const fresh = hits.filter((hit) => !known.has(nameOf(hit)));
  let began = 0;
  for (const { tenantId, quota } of fresh) if (await reachQuota({ ...ctx, tenantId }, quota)) began += 1;
  let ended = 0;
  for (const { tenantId, id, quota } of open) {
    if (!(await isOver(ctx, { tenantId, quota }, recent))) continue;
    await withTenant({ ...ctx, tenantId }, (tx) =>
      tx
        .update(quotaEpisodes)
        .set({ endedAt: ctx.clock.now() })
        .where(and(eq(quotaEpisodes.tenantId, tenantId), eq(quotaEpisodes.id, id), isNull(quotaEpisodes.endedAt))),
    );
    ended += 1;
  }
  return { began, ended };
}
