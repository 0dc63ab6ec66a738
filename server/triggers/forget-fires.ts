import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { runs, sentEvents, triggerFires, triggers } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { idsFrom } from "@/server/kernel/ids";

/** Days that a fire of a trigger, and an event that a program sent, stay on record: as long as failed runs do in the executor. */
export const FIRES_KEPT_DAYS = 90;

/** Rows per transaction, so that no lock is held for long. */
const BATCH = 1_000;
const DAY_MS = 86_400_000;

interface Place {
  database: Database;
  tenantId: string;
}

async function removeAll(place: Place, statement: SQL): Promise<number> {
  let total = 0;
  for (;;) {
    const { rowCount } = await withTenant(place, (tx) => tx.execute(statement));
    const removed = rowCount ?? 0;
    total += removed;
    if (removed < BATCH) return total;
  }
}

// The index of a trigger's last fires is walked trigger by trigger, end by end. Its newest one of each end stays, as the
// page of triggers tells of it, and so does one whose run goes on, as the run's end looks for how many triggers led to it.
const oldFires = (tenantId: string, before: Date): SQL => sql`
  delete from ${triggerFires} where (tenant_id, trigger_id, key) in (
    select old.tenant_id, old.trigger_id, old.key
    from ${triggers} t
    cross join (values ('started'), ('refused')) as ends (status)
    cross join lateral (
      select f.tenant_id, f.trigger_id, f.key from ${triggerFires} f
      where f.tenant_id = t.tenant_id and f.trigger_id = t.id and f.status = ends.status and f.fired_at < ${before}
        and f.fired_at < (
          select max(newest.fired_at) from ${triggerFires} newest
          where newest.tenant_id = t.tenant_id and newest.trigger_id = t.id and newest.status = ends.status)
        and not exists (
          select from ${runs} r
          where r.tenant_id = f.tenant_id and r.id = f.run_id and r.status in ('queued', 'running'))
      limit ${BATCH}
    ) old
    where t.tenant_id = ${tenantId}
    limit ${BATCH}
  )`;

// By the key, whose ids sort by time.
const oldEvents = (tenantId: string, before: Date): SQL => sql`
  delete from ${sentEvents} where (tenant_id, id) in (
    select tenant_id, id from ${sentEvents}
    where tenant_id = ${tenantId} and id < ${idsFrom("event", before)} and sent_at < ${before}
    limit ${BATCH}
  )`;

/**
 * Deletes what a tenant's triggers have fired and what its programs have sent, FIRES_KEPT_DAYS after. A message, slot or event
 * that old comes no second time, and its run keeps the key by which it would be known.
 */
export async function forgetFires(place: Place, now: Date): Promise<{ fires: number; events: number }> {
  const before = new Date(now.getTime() - FIRES_KEPT_DAYS * DAY_MS);
  return {
    fires: await removeAll(place, oldFires(place.tenantId, before)),
    events: await removeAll(place, oldEvents(place.tenantId, before)),
  };
}
