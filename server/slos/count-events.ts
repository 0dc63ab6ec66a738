import { asc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { preparedSql } from "@/db/prepared";
import { sloMarks, slos } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import { countsFor, minuteOf, type SloEvent, whyRefused } from "./domain/event";

export interface CountContext {
  database: Database;
  clock: Clock;
  tenantId: string;
}

/** What became of events: counted (once or not at all before), or refused by their time. */
export interface Counted {
  /** Events of objectives that were not known yet. */
  counted: number;
  refused: number;
}

/** What one event adds to one objective. */
interface Addition {
  sloId: string;
  generation: number;
  eventId: string;
  minute: Date;
  good: number;
  total: number;
}

/**
 * One statement: what was counted before falls out by its key, and what is left goes into minutes and hours. A minute that
 * windows have passed already is added to those that still hold it; where slices are counted, they are added up anew.
 */
const add = preparedSql<{ counted: string }>(
  "slo-count",
  `with told as (
     select * from unnest($2::text[], $3::int[], $4::text[], $5::timestamptz[], $6::int[], $7::int[])
       as e(slo_id, generation, event_id, minute, good, total)
   ), fresh as (
     insert into slo_events (tenant_id, slo_id, event_id, generation, minute, good, total)
     select $1, slo_id, event_id, generation, minute, good, total from told order by slo_id, event_id
     on conflict (tenant_id, slo_id, event_id) do nothing
     returning slo_id, generation, minute, good, total
   ), by_minute as (
     select slo_id, generation, minute, sum(good) as good, sum(total) as total
     from fresh group by slo_id, generation, minute order by slo_id, generation, minute
   ), minutes as (
     insert into slo_minutes (tenant_id, slo_id, generation, minute, good, total)
     select $1, slo_id, generation, minute, good, total from by_minute
     on conflict (tenant_id, slo_id, generation, minute)
       do update set good = slo_minutes.good + excluded.good, total = slo_minutes.total + excluded.total
   ), hours as (
     insert into slo_hours (tenant_id, slo_id, generation, hour, good, total)
     select $1, slo_id, generation, date_bin('1 hour', minute - interval '1 minute', 'epoch'::timestamptz) + interval '1 hour' as hour,
       sum(good), sum(total)
     from by_minute group by slo_id, generation, hour order by slo_id, generation, hour
     on conflict (tenant_id, slo_id, generation, hour)
       do update set good = slo_hours.good + excluded.good, total = slo_hours.total + excluded.total
   ), totals as (
     insert into slo_totals (tenant_id, slo_id, good, total)
     select $1, slo_id, sum(good), sum(total) from by_minute group by slo_id order by slo_id
     on conflict (tenant_id, slo_id)
       do update set good = slo_totals.good + excluded.good, total = slo_totals.total + excluded.total
   ), late as (
     select w.slo_id, w.name, sum(m.good) as good, sum(m.total) as total
     from by_minute m join slo_windows w on w.tenant_id = $1 and w.slo_id = m.slo_id and w.generation = m.generation
       and m.minute > w.from_at and m.minute <= w.to_at
     group by w.slo_id, w.name
   ), moved as (
     update slo_windows w
     set good = w.good + case when w.slice_good_ppm is null then late.good else 0 end,
       total = w.total + case when w.slice_good_ppm is null then late.total else 0 end,
       is_stale = w.is_stale or w.slice_good_ppm is not null
     from late where w.tenant_id = $1 and w.slo_id = late.slo_id and w.name = late.name
   )
   select count(*) as counted from fresh`,
);

/** The objectives of a tenant, and its marks held shared: windows do not move until the caller's transaction is over. */
async function holdMarks(tx: Tx, tenantId: string) {
  await tx
    .select({ sloId: sloMarks.sloId })
    .from(sloMarks)
    .where(eq(sloMarks.tenantId, tenantId))
    .orderBy(asc(sloMarks.sloId))
    .for("share");
  return tx
    .select({ id: slos.id, generation: slos.generation, spec: slos.spec })
    .from(slos)
    .where(eq(slos.tenantId, tenantId));
}

type Known = Awaited<ReturnType<typeof holdMarks>>;

function additionsOf(known: Known, events: readonly SloEvent[]): Addition[] {
  const additions = new Map<string, Addition>();
  for (const { id, at, fact } of events)
    for (const { id: sloId, generation, spec } of known) {
      const counts = countsFor(spec, fact);
      const key = `${sloId} ${id}`;
      if (counts === null || additions.has(key)) continue;
      additions.set(key, { sloId, generation, eventId: id, minute: minuteOf(at), ...counts });
    }
  return [...additions.values()];
}

/** Counts events in the caller's transaction, which must be the tenant's. Each counts once, however often it is told. */
export async function countWithin(
  tx: Tx,
  { tenantId, clock }: Pick<CountContext, "tenantId" | "clock">,
  events: readonly SloEvent[],
): Promise<Counted> {
  const now = clock.now();
  const taken = events.filter((event) => whyRefused(event, now) === null);
  const refused = events.length - taken.length;
  if (taken.length === 0) return { counted: 0, refused };
  const additions = additionsOf(await holdMarks(tx, tenantId), taken);
  if (additions.length === 0) return { counted: 0, refused };
  const column = <K extends keyof Addition>(name: K) => additions.map((each) => each[name]);
  const [row] = await add(tx, [
    ...[tenantId, column("sloId"), column("generation"), column("eventId"), column("minute")],
    ...[column("good"), column("total")],
  ]);
  return { counted: Number(row?.counted ?? 0), refused };
}

/** Counts what happened towards the tenant's objectives. Whatever lies outside the time in which it may be told is refused, and counted as that. */
export const countEvents = (ctx: CountContext, events: readonly SloEvent[]): Promise<Counted> =>
  withTenant(ctx, (tx) => countWithin(tx, ctx, events));
