import { createServer } from "node:net";
import pg from "pg";
import { sqlState } from "./postgres-errors";
import type { Server } from "./embedded-server";

/** A port of loopback that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** The superuser's password is another than the one derived from the master secret, and than the one before it. */
class DatabasePasswordError extends Error {
  constructor() {
    super(
      "The embedded database does not open with this CONDUCTOR_SECRET. If you changed it, stop whatever runs under the one " +
        "before and start with that as CONDUCTOR_SECRET_PREVIOUS.",
    );
    this.name = "DatabasePasswordError";
  }
}

// invalid_password: https://www.postgresql.org/docs/18/errcodes-appendix.html
const WRONG_PASSWORD = "28P01";

/** Superuser URL of one database of the server on this port. */
export const urlOf = (password: string, port: number, database: string) =>
  `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** Resolves when the server takes connections; throws with what it printed when it ended, or is not ready after 60 s. */
export async function untilReady(server: Server, url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (server.hasFailed()) throw new Error(`Postgres ended at start:\n${server.output()}`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      // Who refuses a password takes connections; whether there is a better one is asked next.
      if (sqlState(error) === WRONG_PASSWORD) return;
      if (Date.now() > deadline)
        throw new Error(`Postgres is not ready after 60 s:\n${server.output()}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function opens(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await work(client);
    return true;
  } catch (error) {
    if (sqlState(error) === WRONG_PASSWORD) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes this the superuser's password, if it is the former one so far. Throws DatabasePasswordError when it is neither. */
export async function settlePassword(port: number, password: string, former: string | undefined): Promise<void> {
  if (await opens(urlOf(password, port, "postgres"), async () => undefined)) return;
  const change = (client: pg.Client) => client.query(`alter role postgres password ${client.escapeLiteral(password)}`);
  if (former !== undefined && (await opens(urlOf(former, port, "postgres"), change))) return;
  throw new DatabasePasswordError();
}

/** Makes the database `conductor` where it is missing. */
export async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = 'conductor'");
    if (found.rowCount === 0) await client.query("create database conductor");
  } finally {
    await client.end();
  }
}
