import { and, eq, lt, sql } from "drizzle-orm";
import { holds, runs, sloEvents, sloMinutes, sloPasses } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { REPLAY_DAYS } from "./domain/event";

const DAY_MS = 86_400_000;

/** Days that minutes are kept: longer than any window, which takes away by the minute what has aged. */
const MINUTES_DAYS = 100;

/**
 * Deletes of a tenant the events that can no longer be told again, and minutes that no window reaches; hours stay. Both a
 * day later than they could be needed.
 */
export async function forgetSloEvents(
  { database, tenantId }: { database: Database; tenantId: string },
  now: Date,
): Promise<number> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  return withTenant({ database, tenantId }, async (tx) => {
    // What was counted at its deadline and has still not ended would count again.
    const isOver = sql`not exists (select from ${runs} where ${runs.tenantId} = ${tenantId} and ${runs.id} = ${sloEvents.eventId}
        and ${runs.status} in ('queued', 'running'))
      and not exists (select from ${holds} where ${holds.tenantId} = ${tenantId} and ${holds.id} = ${sloEvents.eventId}
        and ${holds.settledAt} is null)`;
    const old = and(eq(sloEvents.tenantId, tenantId), lt(sloEvents.minute, before(REPLAY_DAYS + 1)), isOver);
    const gone = await tx.delete(sloEvents).where(old);
    await tx
      .delete(sloMinutes)
      .where(and(eq(sloMinutes.tenantId, tenantId), lt(sloMinutes.minute, before(MINUTES_DAYS))));
    return gone.rowCount ?? 0;
  });
}

/** Deletes what is known of passes long ago. */
export async function forgetPasses(database: Database, now: Date): Promise<void> {
  await withSystem({ database }, "judge-slos", (tx) =>
    tx.delete(sloPasses).where(lt(sloPasses.minute, new Date(now.getTime() - MINUTES_DAYS * DAY_MS))),
  );
}
