import { sql } from "drizzle-orm";
import type { Tx } from "@/db/tenancy";
import { periodAt } from "./domain/period";

/** What a minute adds: its events, or one slice of them that was good or not. */
const good = sql`case when t.slice_good_ppm is null then m.good
  else (m.good * 1000000 >= t.slice_good_ppm::bigint * m.total)::int end`;
const total = sql`case when t.slice_good_ppm is null then m.total else 1 end`;

const minutesBetween = (from: ReturnType<typeof sql>, to: ReturnType<typeof sql>) => sql`
  slo_minutes m where m.tenant_id = t.tenant_id and m.slo_id = t.slo_id and m.generation = t.generation
    and m.minute > ${from} and m.minute <= ${to}`;

async function periodsOf(tx: Tx, closed: Date): Promise<{ zones: string[]; begins: Date[] }> {
  const { rows } = await tx.execute<{ time_zone: string }>(
    sql`select distinct time_zone from slo_windows where time_zone is not null`,
  );
  const zones = rows.map(({ time_zone: zone }) => zone);
  const begins = zones.map((timeZone) => periodAt({ kind: "calendar", unit: "month", timeZone }, closed).from);
  return { zones, begins };
}

/**
 * Moves the windows of all objectives to the close of a minute: what came in is added, what has aged is taken away, and a
 * stale sum is added up anew. In the order of their keys, alone with each: who counts meanwhile waits, and then finds
 * windows that have passed its minute. Returns how many objectives were moved.
 */
export async function moveWindows(tx: Tx, closed: Date): Promise<number> {
  const { rows: held } = await tx.execute<{ tenant_id: string; slo_id: string }>(sql`
    select tenant_id, slo_id from slo_marks where watermark <= ${closed.toISOString()}::timestamptz
    order by tenant_id, slo_id for no key update`);
  if (held.length === 0) return 0;
  const { zones, begins } = await periodsOf(tx, closed);
  const [tenantIds, sloIds] = [held.map((row) => row.tenant_id), held.map((row) => row.slo_id)];
  const to = sql`${closed.toISOString()}::timestamptz`;
  await tx.execute(sql`
    with held as (
      select * from unnest(${sql.param(tenantIds)}::text[], ${sql.param(sloIds)}::text[]) as h(tenant_id, slo_id)
    ), zones as (
      select * from unnest(${sql.param(zones)}::text[], ${sql.param(begins.map((at) => at.toISOString()))}::timestamptz[])
        as z(time_zone, begins)
    ), t as materialized (
      select w.tenant_id, w.slo_id, w.name, w.generation, w.slice_good_ppm, w.is_stale, w.from_at, w.to_at,
        coalesce(${to} - w.minutes * interval '1 minute', z.begins) as new_from
      from slo_windows w join held using (tenant_id, slo_id) left join zones z using (time_zone)
      where w.to_at < ${to} or w.is_stale
    ), parts as (
      select t.tenant_id, t.slo_id, t.name, ${good} as good, ${total} as total
      from t cross join lateral (select * from ${minutesBetween(sql`t.to_at`, to)}) m where not t.is_stale
      union all
      select t.tenant_id, t.slo_id, t.name, -${good}, -${total}
      from t cross join lateral (select * from ${minutesBetween(sql`t.from_at`, sql`t.new_from`)}) m where not t.is_stale
      union all
      select t.tenant_id, t.slo_id, t.name, ${good}, ${total}
      from t cross join lateral (select * from ${minutesBetween(sql`t.new_from`, to)}) m where t.is_stale
    ), change as (
      select tenant_id, slo_id, name, sum(good) as good, sum(total) as total from parts group by tenant_id, slo_id, name
    )
    update slo_windows w set
      from_at = t.new_from, to_at = ${to}, is_stale = false,
      good = case when t.is_stale then 0 else w.good end + coalesce(change.good, 0),
      total = case when t.is_stale then 0 else w.total end + coalesce(change.total, 0)
    from t left join change using (tenant_id, slo_id, name)
    where w.tenant_id = t.tenant_id and w.slo_id = t.slo_id and w.name = t.name`);
  await tx.execute(sql`
    update slo_marks m set watermark = ${to}
    from unnest(${sql.param(tenantIds)}::text[], ${sql.param(sloIds)}::text[]) as h(tenant_id, slo_id)
    where m.tenant_id = h.tenant_id and m.slo_id = h.slo_id and m.watermark < ${to}`);
  return held.length;
}
