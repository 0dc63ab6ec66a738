import { and, eq, inArray, lt, notInArray } from "drizzle-orm";
import { appendLinks } from "@/db/chain";
import type { Database } from "@/db/client";
import { bundles } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import type { BlobStore } from "@/server/platform/blob-store";
import { bundleFiles, removeBundleFile } from "./bundle-file";
import { ENDED } from "./domain/status";

/** Days that a bundle is kept: a year, and five weeks in which the audit after it still compares. Evidence and receipts stay. */
export const BUNDLES_KEPT_DAYS = 400;

const DAY_MS = 86_400_000;
/** Rows per transaction, so that no lock is held for long. */
const BATCH = 500;

interface Forgetting {
  database: Database;
  tenantId: string;
  blobs: BlobStore;
}

/** Deletes the rows of a tenant's bundles that were asked for BUNDLES_KEPT_DAYS ago, each with its receipt. Gives how many. */
export async function forgetBundles(
  ctx: Forgetting & { clock: Clock; newId: NewId; requestId: string; actor: string },
): Promise<number> {
  const { tenantId, clock, newId, requestId, actor } = ctx;
  const before = new Date(clock.now().getTime() - BUNDLES_KEPT_DAYS * DAY_MS);
  const isOld = and(eq(bundles.tenantId, tenantId), lt(bundles.requestedAt, before), inArray(bundles.status, ENDED));
  for (let forgotten = 0; ;) {
    const gone = await withTenant(ctx, async (tx) => {
      const old = tx.select({ id: bundles.id }).from(bundles).where(isOld).limit(BATCH);
      const rows = await tx
        .delete(bundles)
        .where(and(eq(bundles.tenantId, tenantId), inArray(bundles.id, old)))
        .returning();
      const at = clock.now().toISOString();
      const links = rows.map(({ id, tag, isDryRun, digest, periodFrom, periodTo }) => {
        const period = { from: periodFrom.toISOString(), to: periodTo.toISOString() };
        const detail = { tag, isDryRun, digest, period, keptDays: BUNDLES_KEPT_DAYS };
        const what = { actor, action: "bundle.delete", subject: `bundle:${id}`, body: { requestId, detail } };
        return { tenantId, id: newId("receipt"), at, ...what };
      });
      appendLinks(tx, "receipts", links);
      return rows.length;
    });
    forgotten += gone;
    if (gone < BATCH) return forgotten;
  }
}

/**
 * Removes the files of a tenant that no bundle names. Gives how many, or null while one is being built: it may come to the bytes of a
 * file that seems to be nobody's.
 */
export async function removeUnnamedFiles(ctx: Forgetting): Promise<number | null> {
  const { tenantId, blobs } = ctx;
  const files = await bundleFiles(blobs, tenantId);
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({ digest: bundles.digest, status: bundles.status })
      .from(bundles)
      .where(and(eq(bundles.tenantId, tenantId), notInArray(bundles.status, ["failed"]))),
  );
  if (rows.some(({ digest }) => digest === null)) return null;
  const named = new Set(rows.map(({ digest }) => digest));
  const unnamed = files.filter((digest) => !named.has(digest));
  for (const digest of unnamed) await removeBundleFile(blobs, tenantId, digest);
  return unnamed.length;
}
