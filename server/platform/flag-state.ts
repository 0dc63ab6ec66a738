import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const constraint = z.looseObject({
  contextName: z.string(),
  operator: z.string(),
  values: z.array(z.string()).optional(),
});
const strategy = z.looseObject({ name: z.string(), constraints: z.array(constraint).optional() });
const flag = z.looseObject({ name: z.string(), enabled: z.boolean(), strategies: z.array(strategy).optional() });

/** What a flag server answers to a client, segments written out where they are used; nothing else is evaluated. */
const flagStateSchema = z.object({
  features: z.array(flag),
  /** The number of the state: it grows with each change. */
  meta: z.object({ revisionId: z.int() }).optional(),
});
export type FlagState = z.output<typeof flagStateSchema>;
export type Flag = FlagState["features"][number];

/** Reads what a server answered. Throws TypeError for what is no state of flags, and says no more of it. */
export function parseFlagState(answer: unknown): FlagState {
  const parsed = flagStateSchema.safeParse(answer);
  if (!parsed.success) throw new TypeError("it answers something that is no state of flags");
  return parsed.data;
}

/** What a backup is of: the flags of another server or environment are not ours. */
export interface BackupOf {
  url: string;
  environment: string;
}

const backupSchema = z.object({
  url: z.string(),
  environment: z.string(),
  savedAt: z.iso.datetime(),
  state: flagStateSchema,
});

/** The state that was kept last; null where none was kept of this server and environment. Throws for a file that holds none. */
export function readBackup(file: string, of: BackupOf): FlagState | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return null;
    throw error;
  }
  const { url, environment, state } = backupSchema.parse(JSON.parse(text));
  return url === of.url && environment === of.environment ? state : null;
}

/** Keeps a state, whole or not at all: several processes of a deployment write the same file. Rejects when it cannot. */
export async function writeBackup(file: string, of: BackupOf, state: FlagState, now: Date): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  const whole = `${file}.${randomUUID()}`;
  try {
    await writeFile(whole, JSON.stringify({ ...of, savedAt: now.toISOString(), state }), { mode: 0o600 });
    await rename(whole, file);
  } finally {
    await rm(whole, { force: true });
  }
}
