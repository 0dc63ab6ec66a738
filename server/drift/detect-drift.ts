import { driftChecks } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import type { Database } from "@/db/client";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import { changeTasks } from "./change-tasks";
import { findDrift } from "./find-drift";
import type { RunningCode } from "./running-code";

export interface DriftContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
  code: RunningCode;
}

/** One row says how the last look went. */
const LAST = "last";

async function noteCheck(ctx: DriftContext, began: number, said: { differences: number; fault: string | null }) {
  const row = { ...said, checkedAt: ctx.clock.now(), tookMs: Math.round(performance.now() - began) };
  await withSystem(ctx, "detect-drift", (tx) =>
    tx
      .insert(driftChecks)
      .values({ id: LAST, ...row })
      .onConflictDoUpdate({ target: driftChecks.id, set: row }),
  );
}

async function look(ctx: DriftContext) {
  const { differences, tasks } = await findDrift({ ...ctx, now: ctx.clock.now() });
  const concerned = new Set([
    ...differences.map(({ tenantId }) => tenantId),
    ...tasks.filter(({ closedAt }) => closedAt === null).map(({ tenantId }) => tenantId),
  ]);
  const sum = { opened: 0, closed: 0 };
  for (const tenantId of concerned) {
    if (tenantId === null) continue;
    const here = <T extends { tenantId: string | null }>(rows: readonly T[]) =>
      rows.filter((row) => row.tenantId === tenantId);
    const { opened, closed } = await changeTasks({ ...ctx, tenantId }, here(differences), here(tasks));
    sum.opened += opened;
    sum.closed += closed;
  }
  return { differences: differences.length, ...sum };
}

/**
 * Looks for drift once: opens a task for each difference, closes those whose difference is gone, and notes how it went. What
 * concerns the deployment goes to the tenant that operates it; without one, only the count tells of it. Throws when
 * it cannot look; then nothing is closed, and the fault is noted.
 */
export async function detectDrift(ctx: DriftContext): Promise<{ differences: number; opened: number; closed: number }> {
  const began = performance.now();
  try {
    const outcome = await look(ctx);
    await noteCheck(ctx, began, { differences: outcome.differences, fault: null });
    return outcome;
  } catch (error) {
    const fault = error instanceof Error ? error.message.slice(0, 300) : "cannot look";
    await noteCheck(ctx, began, { differences: 0, fault });
    throw error;
  }
}
