import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type CopyClient, copyOut } from "@/db/copy";
import { allTables, TENANTLESS } from "@/db/walls";
import { must } from "@/server/kernel/errors";
import type { SequenceEntry, TableEntry } from "./domain/format";

/** People belong to no tenant; of a tenant's backup are those whom its rows name. */
const PEOPLE = "public.users";

/** Every table of the schema, by name, so that each file has them in the same order. */
export const everyTable = (): string[] =>
  allTables()
    .map(({ schema, name }) => `${schema}.${name}`)
    .sort();

/** Those that hold a tenant's own, and the people it names. What the executor has under way is no tenant's. */
const tenantTables = (): string[] =>
  everyTable().filter((table) => table === PEOPLE || !(table.startsWith("engine.") || table in TENANTLESS));

/** A table's name as SQL; it comes from the schema. */
export const quoted = (client: CopyClient, table: string): string =>
  table
    .split(".")
    .map((part) => client.escapeIdentifier(part))
    .join(".");

interface TableShape {
  columns: string[];
  /** Those of the primary key, in its order. */
  key: string[];
}

// What Postgres computes itself is not copied.
const SHAPES = `
  select format('%s.%s', n.nspname, c.relname) as "table",
    array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns,
    (select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
      from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any(i.indkey)
      where i.indrelid = c.oid and i.indisprimary) as key
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind = 'r' and n.nspname in ('public', 'engine') group by n.nspname, c.relname, c.oid`;

async function shapesOf(client: CopyClient): Promise<Map<string, TableShape>> {
  const { rows } = await client.query<{ table: string; columns: string[]; key: string[] | null }>(SHAPES);
  return new Map(rows.map(({ table, columns, key }) => [table, { columns, key: key ?? columns }]));
}

/** Whom the rows of these tables name: by every foreign key that leads to people. */
async function peopleNamed(client: CopyClient, tables: readonly string[], tenant: string): Promise<string> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select format('%s.%s', n.nspname, c.relname) as "table", a.attname as "column" from pg_constraint k
     join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
     where k.contype = 'f' and k.confrelid = '${PEOPLE}'::regclass and cardinality(k.conkey) = 1 order by 1, 2`,
  );
  return rows
    .filter(({ table }) => tables.includes(table))
    .map(({ table, column }) => {
      const named = client.escapeIdentifier(column);
      return `select ${named} from ${quoted(client, table)} where tenant_id = ${tenant}`;
    })
    .join(" union ");
}

/** What a reading of tables hands on: each table's name and columns before its rows. */
export interface TableSink {
  begin: (table: string, columns: readonly string[]) => void;
  row: (text: Uint8Array) => void;
}

/**
 * Reads tables as COPY writes them, one after the other, ordered by primary key, and gives the count and digest of each. With a
 * tenant, its rows alone: the client is inside its walls, and each statement says so too.
 */
export async function readTables(
  client: CopyClient,
  tenantId: string | null,
  sink: TableSink = { begin: () => undefined, row: () => undefined },
): Promise<TableEntry[]> {
  const tables = tenantId === null ? everyTable() : tenantTables();
  const shapes = await shapesOf(client);
  const tenant = tenantId === null ? null : client.escapeLiteral(tenantId);
  const people = tenant === null ? "" : await peopleNamed(client, tables, tenant);
  const read: TableEntry[] = [];
  for (const table of tables) {
    const { columns, key } = must(shapes.get(table), `the table ${table} is there`);
    const list = (names: readonly string[]) => names.map((name) => client.escapeIdentifier(name)).join(", ");
    const own = tenant === null ? "" : table === PEOPLE ? `where id in (${people})` : `where tenant_id = ${tenant}`;
    const [hash, count] = [createHash("sha256"), { rows: 0, bytes: 0 }];
    sink.begin(table, columns);
    const select = `select ${list(columns)} from ${quoted(client, table)} ${own} order by ${list(key)}`;
    await copyOut(client, `copy (${select}) to stdout`, (text) => {
      hash.update(text);
      count.rows += 1;
      count.bytes += text.length;
      sink.row(text);
    });
    read.push({ table, columns, ...count, sha256: hash.digest("hex") });
  }
  return read;
}

/** Where every sequence of the schema stands. */
export async function readSequences(client: CopyClient): Promise<SequenceEntry[]> {
  const { rows } = await client.query<SequenceEntry>(
    `select format('%I.%I', schemaname, sequencename) as sequence, last_value::text as value from pg_sequences
     where schemaname in ('public', 'engine') and last_value is not null order by 1`,
  );
  return rows;
}

const journalFolder = () => path.join(process.cwd(), "db", "migrations", "meta", "_journal.json");

/** The newest migration of this release: its name, and the moment by which a database knows it. */
export function releaseMigration(file = journalFolder()): { tag: string; when: number } {
  const { entries } = JSON.parse(readFileSync(file, "utf8")) as { entries: { tag: string; when: number }[] };
  // By the moment, as that is what a database remembers: numbers may come from several branches.
  const newest = entries.toSorted((a, b) => a.when - b.when).at(-1);
  return must(newest, "there is a migration");
}
