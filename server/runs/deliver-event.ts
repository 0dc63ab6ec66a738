import { and, asc, eq, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { eventWaits, sentEvents } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import { deliverResult } from "./deliver-result";
import { isMatched, matchKeysOf, type SeenEvent } from "./domain/event-match";
import { conditionsOf, seenOf } from "./execution/event-waits";

/** Waits that are delivered to in one transaction. */
const BATCH = 100;

interface DeliveryContext {
  database: Database;
  tenantId: string;
  clock: Clock;
  newId: NewId;
}

interface OnItsWay {
  event: SeenEvent;
  place: number;
  /** Of all that it may be looked up by, what somebody waits under. */
  keys: string[];
}

/** An event that not everybody has who waits for it; null for one that is delivered, or not there. */
async function findOnItsWay(tx: Tx, tenantId: string, eventId: string): Promise<OnItsWay | null> {
  const [sent] = await tx
    .select()
    .from(sentEvents)
    .where(and(eq(sentEvents.tenantId, tenantId), eq(sentEvents.id, eventId)));
  if (sent?.isUndelivered !== true) return null;
  const event = seenOf(sent);
  const asked = sql.param(matchKeysOf(event.data));
  const { rows } = await tx.execute<{ key: string }>(sql`
    select distinct key from unnest(${asked}::text[]) as key
    where exists (select from event_waits
      where tenant_id = ${tenantId} and event_name = ${event.name} and match_key = key)`);
  return { event, place: sent.place, keys: rows.map(({ key }) => key) };
}

type WaitRow = typeof eventWaits.$inferSelect;

/** The next waits under a key that began before an event came: one walk of the index, however many wait otherwise. */
const waitsUnder = (tx: Tx, tenantId: string, { event, place }: OnItsWay, key: string, last: WaitRow | null) =>
  tx
    .select()
    .from(eventWaits)
    .where(
      and(
        ...[eq(eventWaits.tenantId, tenantId), eq(eventWaits.eventName, event.name), eq(eventWaits.matchKey, key)],
        lt(eventWaits.afterPlace, place),
        last === null ? undefined : sql`(${eventWaits.runId}, ${eventWaits.taskId}) > (${last.runId}, ${last.taskId})`,
      ),
    )
    .orderBy(asc(eventWaits.runId), asc(eventWaits.taskId))
    .limit(BATCH);

async function deliverTo(ctx: DeliveryContext, { data }: SeenEvent, waits: readonly WaitRow[]): Promise<number> {
  if (waits.length === 0) return 0;
  return withTenant(ctx, async (tx) => {
    const at = { newId: ctx.newId, now: ctx.clock.now() };
    let delivered = 0;
    for (const wait of waits) if (await deliverResult(tx, at, wait, { ok: true, output: data })) delivered += 1;
    return delivered;
  });
}

/**
 * Delivers an event to every step that waits for it, and wakes their runs; one that has something already keeps that. Begun
 * again, by whomever, it goes on with those that have nothing. Returns how many it delivered to.
 */
export async function deliverEvent(ctx: DeliveryContext, eventId: string): Promise<number> {
  const { tenantId } = ctx;
  const found = await withTenant(ctx, (tx) => findOnItsWay(tx, tenantId, eventId));
  if (found === null) return 0;
  const { event, keys } = found;
  const holds = conditionsOf(event, tenantId);
  let delivered = 0;
  for (const key of keys) {
    let last: WaitRow | null = null;
    do {
      const from: WaitRow | null = last;
      const rows: WaitRow[] = await withTenant(ctx, (tx) => waitsUnder(tx, tenantId, found, key, from));
      const concerned: WaitRow[] = [];
      for (const wait of rows)
        if (isMatched(wait.matches, event.data) && (await holds(wait.condition))) concerned.push(wait);
      delivered += await deliverTo(ctx, event, concerned);
      last = rows.length < BATCH ? null : (rows.at(-1) ?? null);
    } while (last !== null);
  }
  // Last: whoever stops waiting until here looks for it themselves.
  await withTenant(ctx, (tx) =>
    tx
      .update(sentEvents)
      .set({ isUndelivered: false })
      .where(and(eq(sentEvents.tenantId, tenantId), eq(sentEvents.id, eventId))),
  );
  return delivered;
}
