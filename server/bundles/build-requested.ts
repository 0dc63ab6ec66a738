import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { and, eq, inArray } from "drizzle-orm";
import { bundles } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { Refusal } from "@/server/kernel/errors";
import { blobStoreOf } from "@/server/platform/blob-store";
import { storeBundle } from "./bundle-file";
import { type ExportContext, exportBundle } from "./export-bundle";
import { BUILD_FOLDER, sweepStale } from "./stale-files";

type Change = Partial<typeof bundles.$inferInsert>;

/**
 * Builds a bundle that was asked for. Begun again after a crash it gives the same bytes, as nothing newer than the ask comes in.
 * A refusal that no second try mends (a plan without the compliance pack, evidence that was changed) is kept as why there is none;
 * whatever may pass is thrown, to be tried again.
 */
export async function buildRequested(
  ctx: Omit<ExportContext, "actor">,
  bundleId: string,
): Promise<"ready" | "failed" | "nothing"> {
  const { tenantId, clock, env } = ctx;
  const blobs = ctx.blobs ?? blobStoreOf(env);
  const own = and(eq(bundles.tenantId, tenantId), eq(bundles.id, bundleId));
  const change = (tx: Tx, to: Change) => tx.update(bundles).set(to).where(own);
  const keep = (to: Change) => withTenant(ctx, (tx) => change(tx, to));
  const [row] = await withTenant(ctx, (tx) => tx.select().from(bundles).where(own));
  if (row === undefined || row.status === "ready" || row.status === "failed") return "nothing";
  await keep({ status: "building", files: 0 });
  await sweepStale(tmpdir(), clock.now());
  const folder = await mkdtemp(path.join(tmpdir(), BUILD_FOLDER));
  const target = path.join(folder, "bundle.zip");
  const { tag, isDryRun, periodFrom: from, periodTo: to, asOf } = row;
  try {
    await exportBundle({ ...ctx, blobs, actor: row.requestedBy }, { tag, from, to, isDryRun, asOf }, target, {
      onProgress: async (files) => {
        await keep({ files });
      },
      onBuilt: ({ digest }) => storeBundle(blobs, tenantId, digest, target),
      onRecord: async (tx, { digest, bytes, files, completeness, missing }) => {
        const sealed = { digest, bytes, files, completeness, missing };
        await change(tx, { status: "ready", ...sealed, endedAt: clock.now() });
      },
    });
    return "ready";
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === "Unavailable") throw error;
    await keep({ status: "failed", fault: error.message, endedAt: clock.now() });
    return "failed";
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Says of a bundle why there is none, once trying again was of no use. */
export async function giveUpBundle(ctx: Omit<ExportContext, "actor">, bundleId: string, fault: string): Promise<void> {
  const own = and(
    eq(bundles.tenantId, ctx.tenantId),
    eq(bundles.id, bundleId),
    inArray(bundles.status, ["requested", "building"]),
  );
  const endedAt = ctx.clock.now();
  await withTenant(ctx, (tx) => tx.update(bundles).set({ status: "failed", fault, endedAt }).where(own));
}
