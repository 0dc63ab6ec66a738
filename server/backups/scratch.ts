import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrate } from "@/db/migrate";
import { unavailable } from "@/server/kernel/errors";
import { log } from "@/server/platform/log";

const PREFIX = "conductor_rehearsal_";
// One rehearsal at a time in a deployment. Any constant will do, as long as all use the same one.
const LOCK = 7_203_422;
/** How long one waits for another, in minutes. */
const WAIT_MINUTES = 10;

/** The same login on another database of its server. */
export function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

/**
 * Drops a database. Without force, Postgres waits some seconds for sessions that are just leaving, and force may not end those of
 * another role: so force comes second. One that cannot be dropped is left to the next rehearsal, and hides no result.
 */
async function drop(client: pg.Client, name: string): Promise<void> {
  const statement = `drop database if exists ${client.escapeIdentifier(name)}`;
  await client
    .query(statement)
    .catch(() => client.query(`${statement} with (force)`))
    .catch((error: unknown) => log().error({ name, error: String(error) }, "a scratch database could not be dropped"));
}

/** Drops what rehearsals that died have left. Under the lock, so that none is dropped under another's hands. */
async function dropStale(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database where starts_with(datname, '${PREFIX}') and pg_get_userbyid(datdba) = current_user`,
  );
  for (const { name } of rows) await drop(client, name);
}

/**
 * Has work done that may ask for a database, new, migrated and empty, and drops that whatever becomes of it. `url` is a role that
 * may create databases on the product's own server. Nothing begins before any other rehearsal has ended, so that no wait counts as
 * recovery. Throws Unavailable where the server cannot be reached or another rehearsal does not end.
 */
export async function withScratch<T>(url: string, work: (make: () => Promise<string>) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect().catch((error: unknown) => {
    throw unavailable("The server of REHEARSAL_DATABASE_URL cannot be reached.", error);
  });
  client.on("error", () => undefined);
  try {
    await client.query(`set statement_timeout = '${WAIT_MINUTES}min'`);
    await client.query("select pg_advisory_lock($1)", [LOCK]).catch((error: unknown) => {
      throw unavailable("Another rehearsal is under way and does not end.", error);
    });
    await client.query("reset statement_timeout");
    await dropStale(client);
    const name = `${PREFIX}${randomBytes(6).toString("hex")}`;
    try {
      return await work(async () => {
        await client.query(`create database ${client.escapeIdentifier(name)}`);
        await migrate({ ownerUrl: onDatabase(url, name), passwords: null });
        return name;
      });
    } finally {
      await drop(client, name);
    }
  } finally {
    await client.end();
  }
}
