import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { and, desc, eq } from "drizzle-orm";
import { createDatabase, type Database, databaseUrls } from "@/db/client";
import { whatBroke } from "@/db/postgres-errors";
import { evidenceItems } from "@/db/schema";
import { withTenant, withTenantSnapshot } from "@/db/tenancy";
import { type CollectContext, keepEvidence, storeEvidence } from "@/server/evidence";
import type { Clock } from "@/server/kernel/clock";
import { Refusal } from "@/server/kernel/errors";
import { canonicalJson } from "@/server/kernel/json";
import type { BlobStore } from "@/server/platform/blob-store";
import type { Env } from "@/server/platform/env";
import { headSigningKey } from "@/server/platform/keys";
import { log } from "@/server/platform/log";
import { verifyChains } from "@/server/receipts";
import { compareTables } from "./domain/format";
import { DIFFERENCES_MAX, type Rehearsal, rehearsalsDue, unknownRehearsal } from "./domain/rehearsal";
import { deploymentKeys } from "./keys";
import { restoreBackup } from "./restore-backup";
import { onDatabase, withScratch } from "./scratch";
import { readTables } from "./tables";
import { type Backup } from "./verify-backup";
import { backUpTenant } from "./write-backup";

export interface RehearsingContext extends CollectContext {
  database: Database;
  blobs: BlobStore;
  env: Env;
}

/** What a test does to the restored database before it is compared. */
type Spoil = (databaseName: string) => Promise<void>;

const seconds = (since: number) => Math.round(performance.now() - since) / 1_000;

/** What differs between a backup and the database it was restored into, as the app role sees that behind its walls. */
async function findDifferences(
  { database, tenantId, blobs, env }: RehearsingContext,
  anchors: string[],
  { manifest }: Backup,
): Promise<string[]> {
  const found = await withTenantSnapshot({ database, tenantId }, (client) => readTables(client, tenantId));
  // Heads that were signed since the snapshot speak of links that it cannot have.
  const kept = { get: (key: string) => blobs.get(key), list: async () => anchors };
  const key = headSigningKey(env.CONDUCTOR_SECRET);
  const { faults } = await verifyChains({ database, tenantId, blobs: kept, key });
  return [...compareTables(manifest.tables, found), ...faults];
}

async function rehearse(ctx: RehearsingContext, url: string, file: string, spoil: Spoil): Promise<Rehearsal> {
  const { database, tenantId, clock, blobs, env } = ctx;
  const keys = deploymentKeys(env);
  return withScratch(url, async (make) => {
    const anchors = await blobs.list(`anchors/${tenantId}/`);
    const snapshotAt = performance.now();
    const backup = await backUpTenant({ database, tenantId, clock, keys, file });
    const recoveryFrom = performance.now();
    const name = await make();
    await restoreBackup({ file, keys, url: onDatabase(url, name), ownerRole: null });
    await spoil(name);
    const { app, engine } = databaseUrls(env);
    const restored = createDatabase({ app: onDatabase(app, name), engine: onDatabase(engine, name) }, env);
    try {
      const differences = await findDifferences({ ...ctx, database: restored }, anchors, backup);
      const took = { recoverySeconds: seconds(recoveryFrom), lossSeconds: seconds(snapshotAt) };
      return { ...resultOf(backup, differences), ...took };
    } finally {
      await restored.end();
    }
  });
}

function resultOf({ manifest: { tables }, bytes }: Backup, differences: readonly string[]) {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const counted = { tables: tables.length, rows, bytes, differences: differences.slice(0, DIFFERENCES_MAX) };
  return differences.length === 0
    ? {
        ...{ outcome: "pass" as const, ...counted },
        reason: "The restored database is the one that was backed up, and its chains hold.",
      }
    : {
        ...{ outcome: "fail" as const, ...counted },
        reason: `The restored database differs in ${differences.length} places.`,
      };
}

/** What a rehearsal that broke off says: of a fault of the database no more than that there was one, as its words hold rows. */
function brokenOff(error: unknown): Rehearsal {
  log().error({ error: String(error) }, "a rehearsal of a restore broke off");
  const broke = whatBroke(error);
  // What passes says nothing of the backup.
  if (broke instanceof Refusal && broke.code === "Unavailable") return unknownRehearsal(broke.message);
  const what = broke instanceof Refusal ? broke.message : "The database refused a part of it.";
  return { ...unknownRehearsal(`The restore broke off. ${what}`), outcome: "fail" };
}

async function keepRehearsal(ctx: RehearsingContext, found: Rehearsal): Promise<void> {
  const { tenantId, blobs, requestId } = ctx;
  const bytes = Buffer.from(`${canonicalJson({ ...found })}\n`, "utf8");
  const stored = await storeEvidence({ blobs }, tenantId, bytes);
  await withTenant(ctx, (tx) =>
    keepEvidence(tx, ctx, {
      ...{
        kind: "backup-drill",
        subject: "restore",
        fileName: "restore-rehearsal.json",
        mediaType: "application/json",
      },
      ...{ title: found.reason, ...stored, facts: { ...found } },
      ...{ coversFrom: null, coversTo: null, source: `rehearsal:${requestId}` },
    }),
  );
}

/**
 * Rehearses the restore of a tenant: a real backup, restored into a scratch database on the same server, compared table by table
 * behind the same walls, its chains verified, the database dropped. What passed or failed is kept as evidence; that there was
 * nowhere to rehearse, or that it cannot be told, is `unknown` and is not kept.
 */
export async function rehearseRestore(
  ctx: RehearsingContext,
  spoil: Spoil = async () => undefined,
): Promise<Rehearsal> {
  const url = ctx.env.REHEARSAL_DATABASE_URL;
  if (url === undefined) return unknownRehearsal("There is nowhere to rehearse: REHEARSAL_DATABASE_URL is not set.");
  const folder = await mkdtemp(path.join(tmpdir(), "conductor-rehearsal-"));
  try {
    const found = await rehearse(ctx, url, path.join(folder, "tenant.backup"), spoil).catch(brokenOff);
    if (found.outcome !== "unknown") await keepRehearsal(ctx, found);
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of these tenants those whose rehearsal is due, the longest waiting first; none where there is nowhere to rehearse. */
export async function findRehearsalsDue(
  { database, clock, env }: { database: Database; clock: Clock; env: Env },
  tenantIds: readonly string[],
): Promise<string[]> {
  if (env.REHEARSAL_DATABASE_URL === undefined) return [];
  const last: { tenantId: string; at: Date | null }[] = [];
  for (const tenantId of tenantIds) {
    const own = and(eq(evidenceItems.tenantId, tenantId), eq(evidenceItems.kind, "backup-drill"));
    const newest = await withTenant({ database, tenantId }, (tx) =>
      tx
        .select({ at: evidenceItems.collectedAt })
        .from(evidenceItems)
        .where(own)
        .orderBy(desc(evidenceItems.collectedAt))
        .limit(1),
    );
    last.push({ tenantId, at: newest[0]?.at ?? null });
  }
  return rehearsalsDue(last, clock.now());
}
