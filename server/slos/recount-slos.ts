import { sql } from "drizzle-orm";
import { withSystem } from "@/db/tenancy";
import type { Database } from "@/db/client";

/** What a recount found. */
export interface Recount {
  /** Rows of the ledger that were added up. */
  events: number;
  /** Minutes of which the sum that is kept is another. */
  different: number;
}

/** Adds up every event that is still in the ledger and compares it with the minutes that are kept. Both should say the same. */
export function recountSlos(database: Database): Promise<Recount> {
  return withSystem({ database }, "judge-slos", async (tx) => {
    const { rows } = await tx.execute<{ events: string; different: string }>(sql`
      with told as (
        select tenant_id, slo_id, generation, minute, sum(good) as good, sum(total) as total, count(*) as events
        from slo_events group by tenant_id, slo_id, generation, minute
      ), oldest as (select min(minute) as minute from told)
      select coalesce(sum(told.events), 0) as events,
        count(*) filter (where told.good is distinct from kept.good or told.total is distinct from kept.total) as different
      from told full join (select kept.* from slo_minutes kept, oldest where kept.minute >= oldest.minute) kept
        using (tenant_id, slo_id, generation, minute)`);
    const [row] = rows;
    return { events: Number(row?.events ?? 0), different: Number(row?.different ?? 0) };
  });
}
