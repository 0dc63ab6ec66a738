import { access, link, open, rm } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import type { Database } from "@/db/client";
import type { CopyClient } from "@/db/copy";
import { withTenantSnapshot } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import { conflict, preconditionFailed, unavailable } from "@/server/kernel/errors";
import { type About, FRAME, type Manifest } from "./domain/format";
import { FRAME_BYTES, FrameWriter } from "./frames";
import type { BackupKeys } from "./keys";
import { readSequences, readTables, releaseMigration } from "./tables";
import { type Backup, verifyBackup } from "./verify-backup";

const jsonBytes = (value: unknown) => Buffer.from(JSON.stringify(value), "utf8");

async function writeSnapshot(client: CopyClient, about: About, writer: FrameWriter): Promise<void> {
  const gathered = { parts: [] as Uint8Array[], bytes: 0 };
  const flush = () => {
    if (gathered.bytes > 0) writer.write(FRAME.rows, gathered.parts);
    Object.assign(gathered, { parts: [], bytes: 0 });
  };
  const tables = await readTables(client, about.tenantId, {
    begin: (table, columns) => {
      flush();
      writer.write(FRAME.table, [jsonBytes({ table, columns })]);
    },
    row: (text) => {
      gathered.parts.push(Buffer.from(text));
      gathered.bytes += text.length;
      if (gathered.bytes >= FRAME_BYTES) flush();
    },
  });
  flush();
  const sequences = about.tenantId === null ? await readSequences(client) : [];
  writer.write(FRAME.manifest, [jsonBytes({ ...about, tables, sequences } satisfies Manifest)], true);
}

const PLACE_FAULTS = new Set([
  ...["ENOENT", "ENOTDIR", "EISDIR", "EACCES", "EPERM", "EROFS"],
  ...["ENOSPC", "EDQUOT", "EFBIG", "EIO", "EEXIST", "ENAMETOOLONG"],
]);

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

/** Whether it is the backup's own place that cannot take it; the database, and files of the release, fail as what they are. */
function isOfPlace(error: unknown, file: string): boolean {
  const { code = "", path: at = file } = error as NodeJS.ErrnoException;
  return PLACE_FAULTS.has(code) && at.startsWith(path.dirname(file));
}

/**
 * Writes a file beside its place, reads it back as a restore would, and only then offers it under its name: whatever stops this
 * leaves nothing there that looks like a backup. Throws Conflict for a file that is there.
 */
async function offer(file: string, keys: BackupKeys, write: (writer: FrameWriter) => Promise<void>): Promise<Backup> {
  const partial = `${file}.partial`;
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw conflict(`${file} is there already, and is not written over.`);
  try {
    const writer = new FrameWriter(partial, keys);
    try {
      await write(writer);
    } catch (error) {
      writer.abandon();
      throw error;
    }
    writer.close();
    const verified = await verifyBackup(partial, keys);
    // Unlike a rename, this fails where something came to be under the name.
    await link(partial, file);
    await rm(partial);
    await syncFolder(path.dirname(path.resolve(file)));
    return verified;
  } catch (error) {
    await rm(partial, { force: true });
    if (isOfPlace(error, file)) throw unavailable(`The backup cannot be written to ${file}.`, error);
    throw error;
  }
}

interface Writing {
  clock: Clock;
  keys: BackupKeys;
  /** Where it goes: a file that is not there yet. */
  file: string;
}

/**
 * A tenant's backup: all its rows as of one moment, and the people they name, read as the app role inside its walls. Throws
 * Conflict for a file that is there, Unavailable where none can be written.
 */
export function backUpTenant(ctx: Writing & { database: Database; tenantId: string }): Promise<Backup> {
  const { tenantId, clock, keys, file } = ctx;
  return offer(file, keys, (writer) =>
    withTenantSnapshot(ctx, (client) => {
      const [migration, takenAt] = [releaseMigration().tag, clock.now().toISOString()];
      return writeSnapshot(client, { scope: "tenant", tenantId, migration, takenAt }, writer);
    }),
  );
}

/**
 * The deployment's backup: every table as of one moment, read as the role that owns them. Throws PreconditionFailed for a database
 * that is not at this release's schema, and fails where the role would see less than all rows.
 */
export function backUpDeployment(ctx: Writing & { ownerUrl: string }): Promise<Backup> {
  const { clock, keys, file, ownerUrl } = ctx;
  return offer(file, keys, async (writer) => {
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    try {
      // Walls that would hide rows from this role are an error, as with pg_dump.
      await client.query("set row_security = off");
      await client.query("begin isolation level repeatable read read only");
      const { tag } = await checkMigration(client);
      const about = {
        scope: "deployment",
        tenantId: null,
        migration: tag,
        takenAt: clock.now().toISOString(),
      } as const;
      await writeSnapshot(client, about, writer);
      await client.query("commit");
    } finally {
      await client.end();
    }
  });
}

/** Throws PreconditionFailed for a database that is not at the schema of this release. */
export async function checkMigration(client: CopyClient): Promise<{ tag: string }> {
  const release = releaseMigration();
  const { rows } = await client.query<{ at: string | null }>(
    "select max(created_at)::text as at from drizzle.__drizzle_migrations",
  );
  if (Number(rows[0]?.at) !== release.when)
    throw preconditionFailed(`The database is not at the schema of this release (${release.tag}): migrate it first.`);
  return release;
}
