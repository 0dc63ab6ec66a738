import { sql } from "drizzle-orm";
import { oneStatement } from "./tenancy";
import type { Database } from "./client";

export interface Allowance {
  /** Calls per minute in the long run. */
  perMinute: number;
  /** Calls at once after a rest. */
  burst: number;
}

/**
 * Takes one call from a caller's allowance (generic cell rate algorithm, on the database's clock).
 * Returns null when it was granted, else the seconds after which the next call will be.
 */
export async function takeAllowance(database: Database, key: string, allowance: Allowance): Promise<number | null> {
  const interval = 60 / allowance.perMinute;
  const tolerance = interval * allowance.burst;
  // The update happens only when the call is granted, so a caller who keeps calling is not pushed further away.
  const result = await oneStatement({ database }, (tx) =>
    tx.execute<{ granted: boolean; wait: string }>(sql`
      with before as (
        select coalesce((select tat from rate_limits where key = ${key}), now()) as tat
      ), taken as (
        insert into rate_limits as r (key, tat) values (${key}, now() + make_interval(secs => ${interval}))
        on conflict (key) do update set tat = greatest(r.tat, now()) + make_interval(secs => ${interval})
          where greatest(r.tat, now()) + make_interval(secs => ${interval}) <= now() + make_interval(secs => ${tolerance})
        returning 1
      )
      select exists (select 1 from taken) as granted,
        ceil(extract(epoch from before.tat - now()) + ${interval} - ${tolerance}) as wait from before`),
  );
  const [row] = result.rows;
  if (row === undefined || row.granted) return null;
  return Math.max(1, Number(row.wait));
}
