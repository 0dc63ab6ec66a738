import { rm } from "node:fs/promises";
import path from "node:path";
import { createDatabase, type Database, databaseUrls, type DatabaseUrls } from "@/db/client";
import { startEmbeddedPostgres } from "@/db/embedded";
import { isEmpty, migrate } from "@/db/migrate";
import { makeRehearsalRole, REHEARSAL_ROLE } from "@/db/rehearsal-role";
import type { Env } from "@/server/platform/env";
import { databasePassword } from "@/server/platform/keys";

export interface OpenDatabase {
  urls: DatabaseUrls;
  /** Login of the role that migrates. */
  ownerUrl: string;
  stop: () => Promise<void>;
}

/** The deployment's database: the one DATABASE_URL names, else the embedded one, started or (with `join`) joined. */
export async function openDatabase(
  e: Env,
  options: { join: boolean; reset?: boolean; say: (line: string) => void },
): Promise<OpenDatabase> {
  if (e.DATABASE_URL !== undefined)
    return { urls: databaseUrls(e), ownerUrl: e.DATABASE_URL, stop: async () => undefined };
  const folder = path.join(e.CONDUCTOR_HOME, "postgres");
  const password = databasePassword(e.CONDUCTOR_SECRET, "postgres");
  const previous = e.CONDUCTOR_SECRET_PREVIOUS;
  const formerPassword = previous === undefined ? undefined : databasePassword(previous, "postgres");
  const start = (reset: boolean) =>
    startEmbeddedPostgres({ folder, password, formerPassword, reset, join: options.join, say: options.say });
  const server = await start(options.reset === true);
  if (options.reset === true) await rm(path.join(e.CONDUCTOR_HOME, "blobs"), { recursive: true, force: true });
  return { urls: databaseUrls(e, server.url), ownerUrl: server.url, stop: server.stop };
}

export async function migrateDatabase(e: Env, ownerUrl: string): Promise<void> {
  await migrate({
    ownerUrl,
    passwords: {
      app: databasePassword(e.CONDUCTOR_SECRET, "conductor_app"),
      engine: databasePassword(e.CONDUCTOR_SECRET, "conductor_engine"),
    },
  });
}

/** Where restores are rehearsed: what the environment names, else a role of its own beside the embedded Postgres. */
export async function rehearsalUrl(e: Env, { ownerUrl }: OpenDatabase): Promise<string | undefined> {
  // On a server of somebody's own, whoever operates it makes the role.
  if (e.REHEARSAL_DATABASE_URL !== undefined || e.DATABASE_URL !== undefined) return e.REHEARSAL_DATABASE_URL;
  return makeRehearsalRole(ownerUrl, databasePassword(e.CONDUCTOR_SECRET, REHEARSAL_ROLE));
}

/** A database that nothing was ever made in. */
class EmptyDatabaseError extends Error {
  constructor() {
    super(
      "This database is empty. `npm run up` or `npx conductor migrate` makes it, then there is something to look at.",
    );
    this.name = "EmptyDatabaseError";
  }
}

/**
 * Runs one command's work on the open, migrated database and closes what it opened. `asItIs`: nothing is migrated first, for
 * work that must see the database as it was left; throws EmptyDatabaseError for one that was never made.
 */
export async function withDatabase<T>(
  e: Env,
  work: (database: Database, opened: OpenDatabase) => Promise<T>,
  { asItIs = false }: { asItIs?: boolean } = {},
): Promise<T> {
  const opened = await openDatabase(e, { join: true, say: () => undefined });
  try {
    if (!asItIs) await migrateDatabase(e, opened.ownerUrl);
    else if (await isEmpty(opened.ownerUrl)) throw new EmptyDatabaseError();
    const database = createDatabase(opened.urls, e);
    try {
      return await work(database, opened);
    } finally {
      await database.end();
    }
  } finally {
    await opened.stop();
  }
}
