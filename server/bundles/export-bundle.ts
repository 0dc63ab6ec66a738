import { rm } from "node:fs/promises";
import path from "node:path";
import { appendLink } from "@/db/chain";
import { type Tx, withTenant } from "@/db/tenancy";
import { requireFeature } from "@/server/entitlements";
import type { Clock } from "@/server/kernel/clock";
import { invalid } from "@/server/kernel/errors";
import type { NewId } from "@/server/kernel/ids";
import { type BlobStore, blobStoreOf } from "@/server/platform/blob-store";
import type { Env } from "@/server/platform/env";
import { headSigningKey } from "@/server/platform/keys";
import { anchorHeads } from "@/server/receipts";
import type { Database } from "@/db/client";
import { asOfFor, buildBundle, type BuiltBundle, sealingOf } from "./build-bundle";
import type { Audience } from "./domain/cuts";
import type { BundleTag } from "./domain/format";
import { type Sources, sourcesOf } from "./sources";
import { sweepStale } from "./stale-files";

export interface ExportContext {
  database: Database;
  tenantId: string;
  clock: Clock;
  newId: NewId;
  requestId: string;
  /** Who has it made, as receipts name actors. */
  actor: string;
  env: Env;
  blobs?: BlobStore;
  sources?: Sources;
}

export interface ExportAsk {
  tag: BundleTag;
  from: Date;
  to: Date;
  isDryRun: boolean;
  /** For whom it is cut; the whole when left out. */
  cut?: Audience | undefined;
  /** Nothing newer comes in; now, or the period's end where that is earlier, when left out. */
  asOf?: Date;
}

/** What else is done on the way, besides the file and its receipt. */
interface Along {
  onProgress?: (files: number) => Promise<void>;
  /** The file is whole, and nothing is on record yet. */
  onBuilt?: (built: BuiltBundle) => Promise<void>;
  /** In the transaction of the receipt. */
  onRecord?: (tx: Tx, built: BuiltBundle) => Promise<void>;
}

const periodOf = ({ from, to }: ExportAsk) => ({ from: from.toISOString(), to: to.toISOString() });

/** Has a head signed that vouches for the end of the period. A chain that nothing was added to since gets the receipt of the ask. */
async function vouchFor(ctx: ExportContext & { blobs: BlobStore }, ask: ExportAsk & { asOf: Date }): Promise<void> {
  const { tenantId, clock, newId, requestId, actor, env, blobs } = ctx;
  const anchor = () => anchorHeads({ ...ctx, key: headSigningKey(env.CONDUCTOR_SECRET), blobs });
  await anchor();
  const { closing } = await sourcesOf({ ...ctx, blobs }).heads({ from: ask.from, to: ask.asOf });
  if (closing !== null) return;
  await withTenant(ctx, async (tx) => {
    appendLink(tx, "receipts", {
      ...{ tenantId, id: newId("receipt"), at: clock.now().toISOString(), actor, action: "bundle.request" },
      ...{ subject: `tenant:${tenantId}` },
      body: { requestId, detail: { tag: ask.tag, isDryRun: ask.isDryRun, period: periodOf(ask) } },
    });
  });
  await anchor();
}

/**
 * Seals the evidence of a tenant's period into a file, with a receipt that holds the file's digest. Throws Invalid for a period
 * that ends before it begins or has not begun, NotEntitled without the compliance pack, Unavailable where the disk is full; then
 * there is no file.
 */
export async function exportBundle(
  ctx: ExportContext,
  ask: ExportAsk,
  target: string,
  along: Along = {},
): Promise<BuiltBundle> {
  const { tenantId, clock, newId, requestId, actor, env } = ctx;
  const now = clock.now();
  const { tag, from, to, isDryRun } = ask;
  if (from >= to || from >= now)
    throw invalid("The period must begin before it ends, and in the past.", { field: "from" });
  await withTenant(ctx, (tx) => requireFeature(tx, tenantId, "compliance-pack", now));
  const blobs = ctx.blobs ?? blobStoreOf(env);
  const asOf = ask.asOf ?? asOfFor(to, now);
  await sweepStale(path.dirname(target), now);
  await vouchFor({ ...ctx, blobs }, { ...ask, asOf });
  const sealing = await sealingOf(env, blobs);
  const built = await buildBundle({ ...ctx, blobs, sealing }, { ...ask, asOf }, target, along.onProgress);
  try {
    await along.onBuilt?.(built);
    await withTenant(ctx, async (tx) => {
      const period = periodOf(ask);
      const { digest, bytes, files, completeness, withheld } = built;
      const cut = ask.cut === undefined ? {} : { cut: ask.cut, withheld };
      appendLink(tx, "receipts", {
        ...{ tenantId, id: newId("receipt"), at: clock.now().toISOString(), actor, action: "bundle.export" },
        ...{ subject: `tenant:${tenantId}` },
        body: { requestId, detail: { tag, isDryRun, period, digest, bytes, files, completeness, ...cut } },
      });
      await along.onRecord?.(tx, built);
    });
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return built;
}
