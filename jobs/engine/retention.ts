import type { Database } from "@/db/client";
import { withEngine } from "@/db/tenancy";

/** Days that the executor keeps what is over. Failed runs stay longer: somebody may still want to know why. */
export const RETENTION_DAYS = { events: 7, completed: 14, failed: 90 } as const;

/** Rows per transaction, so that no lock is held for long. */
const BATCH = 5_000;

export interface Purged {
  events: number;
  runs: number;
  /** Windows of rates that are whole again, and collections of functions that nobody has any more. */
  flow: number;
  collections: number;
}

async function repeat(remove: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await remove();
    total += removed;
    if (removed < BATCH) return total;
  }
}

const PURGE_EVENTS = `
  with gone as (
    delete from engine.events where id in (
      select id from engine.events where routed_at < engine.clock() - make_interval(days => $1) limit ${BATCH}
    ) returning 1
  ) select count(*) as removed from gone`;

// Steps, jobs and waits go with their run.
const PURGE_RUNS = `
  with gone as (
    delete from engine.runs where id in (
      select id from engine.runs
      where ended_at < engine.clock() - make_interval(days => case status when 'completed' then $1::int else $2::int end)
      limit ${BATCH}
    ) returning 1
  ) select count(*) as removed from gone`;

const PURGE_FLOW = `
  with gone as (
    delete from engine.flow where (function_id, tenant_id, control, key) in (
      select function_id, tenant_id, control, key from engine.flow where whole_at < engine.clock() limit ${BATCH}
    ) returning 1
  ) select count(*) as removed from gone`;

// What is gathered starts when it is due; days later nobody has its function any more. Its events go with it.
const PURGE_COLLECTIONS = `
  with gone as (
    delete from engine.collections where id in (
      select id from engine.collections where due_at < engine.clock() - make_interval(days => $1) limit ${BATCH}
    ) returning 1
  ) select count(*) as removed from gone`;

/** Deletes events and runs of the executor that are over and older than RETENTION_DAYS; open ones stay. */
export async function purgeEngine(ctx: { database: Database; clockShiftMs?: number }): Promise<Purged> {
  const remove = (text: string, values: readonly number[]) => () =>
    withEngine(ctx, async (query) => {
      const [row] = await query<{ removed: string }>(text, values);
      return Number(row?.removed ?? 0);
    });
  const { events, completed, failed } = RETENTION_DAYS;
  return {
    events: await repeat(remove(PURGE_EVENTS, [events])),
    runs: await repeat(remove(PURGE_RUNS, [completed, failed])),
    flow: await repeat(remove(PURGE_FLOW, [])),
    collections: await repeat(remove(PURGE_COLLECTIONS, [events])),
  };
}

/** Deletes all that the executor holds of one tenant: runs with their steps, events, routed or not, and flow control's. */
export async function purgeTenant(ctx: { database: Database }, tenantId: string): Promise<void> {
  await withEngine(ctx, async (query) => {
    await query("delete from engine.runs where tenant_id = $1", [tenantId]);
    await query("delete from engine.events where tenant_id = $1", [tenantId]);
    await query("delete from engine.collections where tenant_id = $1", [tenantId]);
    await query("delete from engine.flow where tenant_id = $1", [tenantId]);
  });
}
