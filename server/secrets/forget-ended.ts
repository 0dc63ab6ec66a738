import { and, eq, inArray, isNotNull, notExists, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { runs, secrets } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Scope } from "@/server/verb";
import type { SecretRow } from "./dto";
import { eachTenant } from "./each-tenant";

/** Deletes the ended versions that no open run can have sent. Returns how many. */
async function forgetEnded(tx: Tx, tenantId: string): Promise<number> {
  const open = tx
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.tenantId, tenantId),
        eq(runs.environment, secrets.environment),
        inArray(runs.status, ["queued", "running"]),
        // Moments of several machines: their clocks may differ by some minutes.
        sql`${runs.createdAt} <= ${secrets.endedAt} + interval '5 minutes'`,
      ),
    );
  const ended = and(eq(secrets.tenantId, tenantId), isNotNull(secrets.endedAt), notExists(open));
  const { rowCount } = await tx.delete(secrets).where(ended);
  return rowCount ?? 0;
}

/** Takes a version out of use. It stays, sealed, only while an open run may have sent it. */
export async function endSecret({ ctx, tx, now }: Scope, { id, version }: SecretRow): Promise<void> {
  await tx
    .update(secrets)
    .set({ endedAt: now })
    .where(and(eq(secrets.tenantId, ctx.tenantId), eq(secrets.id, id), eq(secrets.version, version)));
  await forgetEnded(tx, ctx.tenantId);
}

/** Deletes in every tenant the ended versions that no open run can have sent. */
export async function forgetEndedSecrets(database: Database): Promise<{ forgotten: number }> {
  let forgotten = 0;
  await eachTenant(database, async (tenantId) => {
    forgotten += await withTenant({ database, tenantId }, (tx) => forgetEnded(tx, tenantId));
  });
  return { forgotten };
}
