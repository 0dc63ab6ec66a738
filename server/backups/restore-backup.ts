import type { FileHandle } from "node:fs/promises";
import pg from "pg";
import { type CopyClient, copyIn } from "@/db/copy";
import { preconditionFailed, unavailable } from "@/server/kernel/errors";
import type { Manifest } from "./domain/format";
import type { BackupKeys } from "./keys";
import { everyTable, quoted } from "./tables";
import { type Backup, openBackup, readSections, type Section, verifyHandle } from "./verify-backup";
import { checkMigration } from "./write-backup";

export interface Restoring {
  file: string;
  keys: BackupKeys;
  /** An empty database at the schema of this release, as a role that may act for `ownerRole`. */
  url: string;
  /** The role that owns the tables there; null: the login itself. */
  ownerRole: string | null;
}

/** Throws PreconditionFailed, naming a table that has rows. */
async function checkEmpty(client: CopyClient): Promise<void> {
  for (const table of everyTable()) {
    const { rows } = await client.query<{ some: boolean }>(
      `select exists (select from ${quoted(client, table)}) as some`,
    );
    if (rows[0]?.some === true)
      throw preconditionFailed(`A backup is restored into an empty database, and ${table} has rows.`);
  }
}

/** The foreign keys of the schema, each with the statement that makes it again. */
async function foreignKeys(client: CopyClient): Promise<{ drop: string; add: string }[]> {
  const { rows } = await client.query<{ drop: string; add: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(k.oid)) as add
     from pg_constraint k join pg_namespace n on n.oid = k.connamespace
     where contype = 'f' and n.nspname in ('public', 'engine') order by conrelid, conname`,
  );
  return rows;
}

/** The walled tables: those to wall again. */
async function walledTables(client: CopyClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relrowsecurity and c.relkind = 'r' and n.nspname in ('public', 'engine') order by 1`,
  );
  return rows.map(({ name }) => name);
}

/**
 * Has work done with walls, triggers and foreign keys taken away, and puts them back: rows are loaded as they were, in any order,
 * and every foreign key is checked when it returns. Only inside a transaction, so that no other ever sees the tables so.
 */
async function withoutWalls(client: CopyClient, work: () => Promise<void>): Promise<void> {
  const [keys, walled] = [await foreignKeys(client), await walledTables(client)];
  const tables = everyTable().map((table) => quoted(client, table));
  for (const { drop } of keys) await client.query(drop);
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
  for (const table of walled) await client.query(`alter table ${table} disable row level security`);
  await work();
  for (const { add } of keys) await client.query(add);
  for (const table of walled) await client.query(`alter table ${table} enable row level security`);
  for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
}

async function loadTables(client: CopyClient, handle: FileHandle, keys: BackupKeys): Promise<void> {
  const sections = readSections(handle, keys);
  const next = async (): Promise<Section | undefined> => {
    const given = await sections.next();
    return given.done === true ? undefined : given.value;
  };
  let section = await next();
  const rowsOfTable = async function* (): AsyncGenerator<Uint8Array> {
    for (section = await next(); section?.is === "rows"; section = await next()) yield section.bytes;
  };
  while (section?.is === "table") {
    const columns = section.columns.map((column) => client.escapeIdentifier(column)).join(", ");
    await copyIn(client, `copy ${quoted(client, section.table)} (${columns}) from stdin`, rowsOfTable());
  }
}

/** Sequences go on where they stood; of a tenant's backup, after the last number that its rows have. */
async function moveSequences(client: CopyClient, { sequences }: Manifest): Promise<void> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(
    `select pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) as sequence,
       format('%I.%I', n.nspname, c.relname) as "table", format('%I', a.attname) as "column"
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where a.attidentity <> '' and n.nspname in ('public', 'engine')`,
  );
  for (const { sequence, table, column } of rows)
    await client.query(`select setval('${sequence}', max(${column})) from ${table} having max(${column}) is not null`);
  for (const { sequence, value } of sequences)
    await client.query(`select setval(${client.escapeLiteral(sequence)}, ${client.escapeLiteral(value)}::bigint)`);
}

/**
 * Restores a backup, whole or not at all. It is verified first. Throws PreconditionFailed for a file that is refused, of another
 * schema, or for a database that is not empty or not at this release's schema; Invalid where there is no file,
 * Unavailable where the database cannot be reached.
 */
export async function restoreBackup({ file, keys, url, ownerRole }: Restoring): Promise<Backup> {
  const handle = await openBackup(file);
  const client = new pg.Client({ connectionString: url });
  try {
    const verified = await verifyHandle(handle, keys);
    await client.connect().catch((error: unknown) => {
      throw unavailable("The database to restore into cannot be reached.", error);
    });
    await client.query("begin");
    const { tag } = await checkMigration(client);
    if (verified.manifest.migration !== tag)
      throw preconditionFailed(
        `The backup is of the schema ${verified.manifest.migration}, and this release is at ${tag}: restore it with its own release, then migrate.`,
      );
    // Before anything is locked, as far as this login sees; then again with the walls away, where it sees all.
    await checkEmpty(client);
    if (ownerRole !== null) await client.query(`set local role ${client.escapeIdentifier(ownerRole)}`);
    await withoutWalls(client, async () => {
      await checkEmpty(client);
      await loadTables(client, handle, keys);
      await moveSequences(client, verified.manifest);
    });
    await client.query("commit");
    return verified;
  } finally {
    await client.end();
    await handle.close();
  }
}
