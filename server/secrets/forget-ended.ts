import { and, eq, inArray, lt, notExists, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { runs, secrets } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { eachTenant } from "@/server/tenants";

/**
 * For so long an ended version is kept in any case (milliseconds): a run that began while it was being replaced may have
 * sent it and not be seen yet, and the clocks of several machines differ.
 */
const KEPT_MS = 300_000;

/**
 * Deletes, in every tenant, the versions that were replaced or deleted before and that no open run can have sent. Gives how
 * many.
 */
export async function forgetEndedSecrets(database: Database, now: Date): Promise<{ forgotten: number }> {
  let forgotten = 0;
  await eachTenant(database, async (tenantId) => {
    const { rowCount } = await withTenant({ database, tenantId }, (tx) => {
      const open = tx
        .select({ id: runs.id })
        .from(runs)
        .where(
          and(
            eq(runs.tenantId, tenantId),
            eq(runs.environment, secrets.environment),
            inArray(runs.status, ["queued", "running"]),
            sql`${runs.createdAt} <= ${secrets.endedAt} + make_interval(secs => ${KEPT_MS / 1_000})`,
          ),
        );
      const isOver = lt(secrets.endedAt, new Date(now.getTime() - KEPT_MS));
      return tx.delete(secrets).where(and(eq(secrets.tenantId, tenantId), isOver, notExists(open)));
    });
    forgotten += rowCount ?? 0;
  });
  return { forgotten };
}
