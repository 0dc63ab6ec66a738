import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { auditorViews } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import { VIEWS_KEPT_DAYS } from "./domain/auditor";

/** Rows per transaction, so that no lock is held for long. */
const BATCH = 1_000;

/** Deletes what auditors were shown more than VIEWS_KEPT_DAYS ago, in every tenant. Returns how many rows. */
export async function forgetViews(database: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - VIEWS_KEPT_DAYS * 86_400_000).toISOString();
  let total = 0;
  for (;;) {
    const { rowCount } = await withSystem({ database }, "forget-views", (tx) =>
      tx.execute(sql`
        delete from ${auditorViews} where (tenant_id, id) in (
          select tenant_id, id from ${auditorViews} where at < ${before}::timestamptz limit ${BATCH})`),
    );
    const removed = rowCount ?? 0;
    total += removed;
    if (removed < BATCH) return total;
  }
}
