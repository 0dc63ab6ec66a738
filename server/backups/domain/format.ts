import { z } from "zod";

/** The first line of a file, as readable JSON: what is needed to find the key, and nothing of what is inside. */
export const headerSchema = z.strictObject({
  format: z.literal("conductor-backup"),
  version: z.literal(1),
  /** `deployment`: derived from CONDUCTOR_SECRET. `passphrase`: by scrypt, from what somebody keeps. */
  key: z.enum(["deployment", "passphrase"]),
  /** Names the deployment's key; empty for a passphrase. */
  keyId: z.string().regex(/^([0-9a-f]{16})?$/),
  /** 32 bytes in hexadecimal: each file has a key of its own. */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Header = z.output<typeof headerSchema>;

const SCOPES = ["tenant", "deployment"] as const;

const aboutSchema = z.strictObject({
  scope: z.enum(SCOPES),
  /** Null for a deployment. */
  tenantId: z.string().nullable(),
  /** The newest migration of the schema that the rows fit. */
  migration: z.string(),
  /** When the snapshot was taken: what is committed later is not in it. */
  takenAt: z.iso.datetime(),
});
export type About = z.output<typeof aboutSchema>;

const tableSchema = z.strictObject({
  table: z.string(),
  columns: z.array(z.string()).min(1),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  /** SHA-256 of the rows as COPY writes them, in the order of their primary key; hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type TableEntry = z.output<typeof tableSchema>;

/** Where a sequence stood. */
const sequenceSchema = z.strictObject({ sequence: z.string(), value: z.string().regex(/^\d+$/) });
export type SequenceEntry = z.output<typeof sequenceSchema>;

/** What a file is, at its end: every table that it holds with its count and digest. */
export const manifestSchema = z.strictObject({
  ...aboutSchema.shape,
  tables: z.array(tableSchema),
  sequences: z.array(sequenceSchema),
});
export type Manifest = z.output<typeof manifestSchema>;

/** What a frame holds: rows of the table that was named last, the name of the next table, or the manifest. */
export const FRAME = { table: 0x54, rows: 0x44, manifest: 0x4d } as const;

/** Where two readings of the same tables differ, in words; empty where they are the same. */
export function compareTables(
  expected: readonly TableEntry[],
  found: readonly Pick<TableEntry, "table" | "rows" | "sha256">[],
): string[] {
  const there = new Map(found.map((entry) => [entry.table, entry]));
  const missing = expected.flatMap(({ table, rows, sha256 }) => {
    const other = there.get(table);
    if (other === undefined) return [`${table}: is not there`];
    if (other.rows !== rows) return [`${table}: ${rows} rows were backed up, ${other.rows} are there`];
    return other.sha256 === sha256 ? [] : [`${table}: its ${rows} rows are not those that were backed up`];
  });
  const known = new Set(expected.map(({ table }) => table));
  return [
    ...missing,
    ...found.filter(({ table }) => !known.has(table)).map(({ table }) => `${table}: was not backed up`),
  ];
}
