import { and, eq, isNull, sql } from "drizzle-orm";
import { deploymentKills, holds, tenants } from "@/db/schema";
import { withoutTenant, withSystem, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import { killHeldRuns, releaseRuns } from "@/server/runs";
import type { HoldKind } from "./domain/hold";

/** Runs per transaction, so that nobody waits long for one. */
const BATCH = 100;

export interface SettleContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
}

/** A hold that leaves something to do; without a tenant, the kill of all of them. */
export interface UnsettledHold {
  tenantId: string | null;
  id: string;
  kind: HoldKind;
  workflowId: string | null;
  setAt: Date;
}

/** Kills that may have runs left to end, and lifted pauses that may have runs left to let go, of every tenant. */
export function listUnsettledHolds({ database }: Pick<SettleContext, "database">): Promise<UnsettledHold[]> {
  return withSystem({ database }, "settle-holds", async (tx) => {
    const ofAll = await tx
      .select({ id: deploymentKills.id, setAt: deploymentKills.setAt })
      .from(deploymentKills)
      .where(isNull(deploymentKills.settledAt));
    const own = await tx
      .select({
        ...{ tenantId: holds.tenantId, id: holds.id, kind: holds.kind, workflowId: holds.workflowId },
        setAt: holds.setAt,
      })
      .from(holds)
      .where(and(isNull(holds.settledAt), sql`(${holds.kind} = 'kill' or ${holds.liftedAt} is not null)`))
      .orderBy(holds.setAt);
    return [...ofAll.map((kill) => ({ ...kill, tenantId: null, kind: "kill" as const, workflowId: null })), ...own];
  });
}

/** Batches that may still be done. */
interface Budget {
  batches: number;
}

/** Works in batches until one is short, or as many as may be were done; false where more may be left. */
async function inBatches(work: (most: number) => Promise<number>, budget: Budget): Promise<boolean> {
  for (; budget.batches > 0; budget.batches -= 1) if ((await work(BATCH)) < BATCH) return true;
  return false;
}

/** Starts are refused under a kill, so that a tenant whose runs have ended once has none left. */
async function killEverywhere(ctx: SettleContext, budget: Budget): Promise<boolean> {
  const everyTenant = await withSystem(ctx, "settle-holds", (tx) =>
    tx.select({ tenantId: tenants.tenantId }).from(tenants).orderBy(tenants.tenantId),
  );
  for (const { tenantId } of everyTenant) {
    const kill = (most: number) => killHeldRuns({ ...ctx, tenantId }, { workflowId: null }, most);
    if (!(await inBatches(kill, budget))) return false;
  }
  return true;
}

/**
 * Does what a hold leaves to do: ends the runs under a kill, or lets go what a pause kept waiting; at most so many batches
 * at a time, and false where more may be left. May be repeated, and done by several at once: each run is ended or let go
 * by one of them.
 */
export async function settleHold(
  ctx: SettleContext,
  { tenantId, id, kind, workflowId }: Omit<UnsettledHold, "setAt">,
  batches = 50,
): Promise<boolean> {
  const budget = { batches };
  const settledAt = ctx.clock.now();
  if (tenantId === null) {
    if (!(await killEverywhere(ctx, budget))) return false;
    await withoutTenant(ctx, (tx) => tx.update(deploymentKills).set({ settledAt }).where(eq(deploymentKills.id, id)));
    return true;
  }
  // After a short batch of a resumed pause nothing waits that no other pause lies on: a start sees the same.
  const work = kind === "kill" ? killHeldRuns : releaseRuns;
  if (!(await inBatches((most) => work({ ...ctx, tenantId }, { workflowId }, most), budget))) return false;
  await withTenant({ database: ctx.database, tenantId }, (tx) =>
    tx
      .update(holds)
      .set({ settledAt })
      .where(and(eq(holds.tenantId, tenantId), eq(holds.id, id), isNull(holds.settledAt))),
  );
  return true;
}
