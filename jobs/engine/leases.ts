import { type Engine, lazily } from "./engine";

/** Says that this worker lives and still holds these leases. Returns those it still holds. */
export async function heartbeat(engine: Engine, leaseIds: readonly string[]): Promise<Set<string>> {
  return lazily(engine, async (query) => {
    await query("update engine.workers set seen_at = now() where id = $1", [engine.workerId]);
    if (leaseIds.length === 0) return new Set<string>();
    const rows = await query<{ lease_id: string }>(
      `update engine.jobs set lease_until = engine.clock() + $2 * interval '1 millisecond'
       where lease_until is not null and lease_id = any($1) returning lease_id`,
      [leaseIds, engine.tuning.leaseMs],
    );
    return new Set(rows.map((row) => row.lease_id));
  });
}

/** Gives calls back unfinished, for another worker to take at once; it does not count as a crash. */
export async function releaseLeases(engine: Engine, leaseIds: readonly string[]): Promise<void> {
  if (leaseIds.length === 0) return;
  await lazily(engine, (query) =>
    query(
      `update engine.jobs set lease_id = null, lease_until = null, worker = null
       where lease_until is not null and lease_id = any($1)`,
      [leaseIds],
    ),
  );
}

/** A worker row not seen for this long is of no use to anybody. */
const FORGOTTEN_AFTER = "1 day";

export async function registerWorker(engine: Engine, revision: string): Promise<void> {
  await lazily(engine, async (query) => {
    await query(`delete from engine.workers where seen_at < now() - interval '${FORGOTTEN_AFTER}'`);
    await query("insert into engine.workers (id, revision) values ($1, $2)", [engine.workerId, revision]);
  });
}

export async function unregisterWorker(engine: Engine): Promise<void> {
  await lazily(engine, (query) => query("delete from engine.workers where id = $1", [engine.workerId]));
}
