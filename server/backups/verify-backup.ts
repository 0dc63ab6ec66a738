import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import { invalid, preconditionFailed } from "@/server/kernel/errors";
import { compareTables, FRAME, type Manifest, manifestSchema, type TableEntry } from "./domain/format";
import { readFrames } from "./frames";
import type { BackupKeys } from "./keys";

const tableFrameSchema = z.strictObject({ table: z.string(), columns: z.array(z.string()).min(1) });

export interface Backup {
  manifest: Manifest;
  /** Of the file. */
  bytes: number;
}

/** Opens a backup's file for reading. Throws Invalid where there is none. */
export async function openBackup(file: string): Promise<FileHandle> {
  return open(file, "r").catch((error: unknown) => {
    throw invalid(`There is no backup at ${file} that can be read.`, { field: "file", cause: String(error) });
  });
}

export type Section =
  | { is: "table"; table: string; columns: string[] }
  | { is: "rows"; bytes: Buffer }
  | { is: "manifest"; manifest: Manifest };

function parsed<T>(schema: z.ZodType<T>, bytes: Buffer, what: string): T {
  try {
    return schema.parse(JSON.parse(bytes.toString("utf8")));
  } catch (error) {
    throw preconditionFailed(`The backup is refused: its ${what} is not of this version. ${String(error)}`);
  }
}

/** A file's sections in their order, each authenticated. Throws PreconditionFailed, naming the first that is bad. */
export async function* readSections(handle: FileHandle, keys: BackupKeys): AsyncGenerator<Section> {
  for await (const { kind, bytes } of readFrames(handle, keys)) {
    if (kind === FRAME.table) yield { is: "table", ...parsed(tableFrameSchema, bytes, "table") };
    else if (kind === FRAME.rows) yield { is: "rows", bytes };
    else if (kind === FRAME.manifest) yield { is: "manifest", manifest: parsed(manifestSchema, bytes, "manifest") };
    else throw preconditionFailed(`The backup is refused: it holds a frame of an unknown kind ${kind}.`);
  }
}

const NEWLINE = 0x0a;

/** COPY ends each row with a newline and writes every other as `\n`. */
function countRows(bytes: Buffer): number {
  let rows = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) rows += 1;
  return rows;
}

/** Reads all of an open backup and compares each table with the manifest. Throws PreconditionFailed, naming the first that differs. */
export async function verifyHandle(handle: FileHandle, keys: BackupKeys): Promise<Backup> {
  const found: TableEntry[] = [];
  let [last, hash]: [TableEntry | undefined, Hash] = [undefined, createHash("sha256")];
  const end = () => {
    if (last !== undefined) found.push({ ...last, sha256: hash.digest("hex") });
  };
  let manifest: Manifest | undefined;
  for await (const section of readSections(handle, keys)) {
    if (section.is === "manifest") ({ manifest } = section);
    else if (section.is === "table") {
      end();
      const { table, columns } = section;
      [last, hash] = [{ table, columns, rows: 0, bytes: 0, sha256: "" }, createHash("sha256")];
    } else if (last !== undefined) {
      last.rows += countRows(section.bytes);
      last.bytes += section.bytes.length;
      hash.update(section.bytes);
    }
  }
  end();
  if (manifest === undefined) throw preconditionFailed("The backup is refused: it has no manifest.");
  const [difference] = compareTables(manifest.tables, found);
  if (difference !== undefined) throw preconditionFailed(`The backup is refused: ${difference}.`);
  return { manifest, bytes: (await handle.stat()).size };
}

/** The same for a file by its name. Throws Invalid where there is none. */
export async function verifyBackup(file: string, keys: BackupKeys): Promise<Backup> {
  const handle = await openBackup(file);
  try {
    return await verifyHandle(handle, keys);
  } finally {
    await handle.close();
  }
}
