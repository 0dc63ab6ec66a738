import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { runs, stepResults } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { idsFrom } from "@/server/kernel/ids";

/** Days after its run's end that a delivered result stays: as long as the executor keeps a run that is completed. */
const RESULTS_KEPT_DAYS = 14;

/** Rows per transaction, so that no lock is held for long. */
const BATCH = 1_000;
const DAY_MS = 86_400_000;

/**
 * Deletes what was delivered to steps of a tenant's runs, RESULTS_KEPT_DAYS after these have ended. What a step took in is its
 * output by then; a run that goes on keeps its results however old they are, as its next turn may still take them in.
 */
export async function forgetResults(
  place: { database: Database; tenantId: string },
  now: Date,
): Promise<{ results: number }> {
  const before = new Date(now.getTime() - RESULTS_KEPT_DAYS * DAY_MS);
  let results = 0;
  for (;;) {
    // By the key, whose ids sort by time: a run that has ended by then was asked for by then.
    const { rowCount } = await withTenant(place, (tx) =>
      tx.execute(sql`
        delete from ${stepResults} where (tenant_id, run_id, task_id) in (
          select s.tenant_id, s.run_id, s.task_id from ${stepResults} s
          join ${runs} r on r.tenant_id = s.tenant_id and r.id = s.run_id
          where s.tenant_id = ${place.tenantId} and s.run_id < ${idsFrom("run", before)} and r.ended_at < ${before}
          limit ${BATCH}
        )`),
    );
    const removed = rowCount ?? 0;
    results += removed;
    if (removed < BATCH) return { results };
  }
}
