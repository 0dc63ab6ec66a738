import { readFileSync } from "node:fs";
import path from "node:path";
import { createDatabase } from "@/db/client";
import { isEmpty } from "@/db/migrate";
import { OWNER_ROLE } from "@/db/walls";
import {
  type Backup,
  type BackupKeys,
  backUpDeployment,
  backUpTenant,
  deploymentKeys,
  PASSPHRASE_CHARS_MIN,
  restoreBackup,
  verifyBackup,
} from "@/server/backups";
import { systemClock } from "@/server/kernel/clock";
import { invalid, notFound, Refusal, unavailable } from "@/server/kernel/errors";
import { type Env, parseEnv } from "@/server/platform/env";
import { findTenantId } from "@/server/tenants";
import { completeEnvironment } from "./local-state";
import { migrateDatabase, openDatabase } from "./open-database";

/** The deployment's own keys, or the passphrase that a file holds. Throws Invalid for one that is too short, or no file. */
function keysOf(e: Env, keyFile: string | undefined): BackupKeys {
  if (keyFile === undefined) return deploymentKeys(e);
  let passphrase: string;
  try {
    passphrase = readFileSync(keyFile, "utf8").trim();
  } catch {
    throw invalid(`There is no key file at ${keyFile} that can be read.`);
  }
  if (passphrase.length < PASSPHRASE_CHARS_MIN)
    throw invalid(`A passphrase has ${PASSPHRASE_CHARS_MIN} characters at least.`);
  return { passphrase };
}

function say(file: string, done: string, { manifest, bytes }: Backup, json: boolean): void {
  const { scope, tenantId, migration, takenAt, tables } = manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const about = { scope, tenantId, migration, takenAt, tables: tables.length, rows, bytes };
  process.stdout.write(
    json
      ? `${JSON.stringify({ file, ...about })}\n`
      : `${file}: ${done}. ${tables.length} tables, ${rows} rows, ${bytes} bytes, as of ${takenAt}, schema ${migration}.\n`,
  );
}

/** Runs a command of backups; exit code 1 where it is refused, with the reason. */
async function refusing(work: (e: Env) => Promise<void>): Promise<number> {
  completeEnvironment("local");
  const e = parseEnv(process.env);
  try {
    await work(e);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** Writes a tenant's backup, or the deployment's. */
export const runBackup = (asked: { tenant?: string; out: string; keyFile?: string; json: boolean }): Promise<number> =>
  refusing(async (e) => {
    const [keys, file] = [keysOf(e, asked.keyFile), path.resolve(asked.out)];
    const writing = { clock: systemClock, keys, file };
    const opened = await openDatabase(e, { join: true, say: () => undefined });
    const database = createDatabase(opened.urls, e);
    try {
      if (asked.tenant === undefined) {
        say(
          file,
          "written and verified",
          await backUpDeployment({ ...writing, ownerUrl: opened.ownerUrl }),
          asked.json,
        );
        return;
      }
      const tenantId = await findTenantId(database, asked.tenant);
      if (tenantId === null) throw notFound(`tenant ${asked.tenant}`);
      say(file, "written and verified", await backUpTenant({ ...writing, database, tenantId }), asked.json);
    } finally {
      await database.end();
      await opened.stop();
    }
  });

/** Restores a backup into an empty database, which is migrated where it never was, or only verifies it. */
export const runRestore = (
  given: string,
  { into, keyFile, json }: { into?: string; keyFile?: string; json: boolean },
): Promise<number> =>
  refusing(async (e) => {
    const [keys, file] = [keysOf(e, keyFile), path.resolve(given)];
    const verified = await verifyBackup(file, keys);
    if (into === undefined) {
      say(file, "whole and as its manifest says", verified, json);
      return;
    }
    // One that was migrated before stays at its schema: it may be somebody's that is in use.
    const isNew = await isEmpty(into).catch((error: unknown) => {
      throw unavailable("The database to restore into cannot be reached.", error);
    });
    if (isNew) await migrateDatabase(e, into);
    say(file, "restored", await restoreBackup({ file, keys, url: into, ownerRole: OWNER_ROLE }), json);
  });
