import { type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Database } from "./client";
import { messages, rateLimits, sessions, verificationTokens } from "./schema";
import { withSystem } from "./tenancy";

/** Days that the Outbox of a deployment without a mail server keeps a message. */
export const OUTBOX_DAYS = 30;

/** Rows per transaction, so that no lock is held for long. */
const BATCH = 1_000;

/** Rows that no question of the product finds any more, by the database's clock. */
const EXPIRED = {
  sessions: [sessions, sql`expires_at <= now()`],
  verificationTokens: [verificationTokens, sql`expires_at <= now()`],
  // An arrival time in the past and no row at all grant the same.
  rateLimits: [rateLimits, sql`tat <= now()`],
  messages: [messages, sql`created_at <= now() - make_interval(days => ${OUTBOX_DAYS})`],
} as const satisfies Record<string, readonly [PgTable, SQL]>;

export type Purged = Record<keyof typeof EXPIRED, number>;

async function purge(database: Database, [table, isExpired]: readonly [PgTable, SQL]): Promise<number> {
  let total = 0;
  for (;;) {
    // By their place, not their key: a row that somebody renews while this waits for its lock has moved, and stays.
    const { rowCount } = await withSystem({ database }, "purge-expired", (tx) =>
      tx.execute(sql`delete from ${table} where ctid in (select ctid from ${table} where ${isExpired} limit ${BATCH})`),
    );
    const removed = rowCount ?? 0;
    total += removed;
    if (removed < BATCH) return total;
  }
}

/** Deletes sessions and sign-in links that have expired, allowances that are whole again and old Outbox messages. */
export async function purgeExpired(database: Database): Promise<Purged> {
  return {
    sessions: await purge(database, EXPIRED.sessions),
    verificationTokens: await purge(database, EXPIRED.verificationTokens),
    rateLimits: await purge(database, EXPIRED.rateLimits),
    messages: await purge(database, EXPIRED.messages),
  };
}
