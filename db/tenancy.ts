import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { InvariantError, unavailable } from "@/server/kernel/errors";
import type { Database } from "./client";
import { sqlState, whatBroke } from "./postgres-errors";

/** A handle inside one open transaction. */
export type Tx = NodePgDatabase;

/**
 * Reads and writes that cross tenants, each with its reason. Row level security opens to the engine role only the
 * tables these need (`walls.ts`); a new sweep is a new line here, seen in review.
 */
const SYSTEM_SWEEPS = {
  "find-membership": "a request names a tenant by its slug; who the member is decides which tenant opens",
  "list-memberships": "a person chooses among the tenants they are a member of",
  "find-tenant": "the command line names a tenant by its slug",
  "find-invitation": "an invitation link names no tenant",
  "find-api-key": "a bearer key names no tenant",
  engine: "the executor routes events and runs functions of every tenant",
  "list-anchor-work": "receipt heads of every tenant are signed on a schedule",
} as const;
export type SystemSweep = keyof typeof SYSTEM_SWEEPS;

/** Statements that lost a race or a connection before they did anything; safe to run again from the start. */
const RETRIABLE = new Set(["40001", "40P01"]);
const MAX_ATTEMPTS = 4;

async function inTransaction<T>(pool: pg.Pool, begin: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw unavailable("The database cannot be reached. Try again in a moment.", error);
  });
  let isBroken = false;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => {
      isBroken = true;
    });
    throw error;
  } finally {
    client.release(isBroken);
  }
}

async function withRetries<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      const state = sqlState(error);
      if (state !== undefined && RETRIABLE.has(state) && tried < MAX_ATTEMPTS) {
        await new Promise((resolve) => setTimeout(resolve, 10 * tried + Math.random() * 20));
        continue;
      }
      throw whatBroke(error);
    }
  }
}

// The id goes into the first statement, so that begin and the wall's setting cost one round trip.
const TENANT_ID = /^ten_[0-9a-f]{32}$/;

/**
 * The only door to tenant data: one transaction as the app role, walled to one tenant.
 * `work` may run again after a serialization failure or deadlock, so it must not act outside the database.
 */
export async function withTenant<T>(
  ctx: { database: Database; tenantId: string },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (!TENANT_ID.test(ctx.tenantId)) throw new InvariantError("withTenant got something that is no tenant id");
  const begin = `begin; select set_config('app.tenant_id', '${ctx.tenantId}', true)`;
  return withRetries(() => inTransaction(ctx.database.app, begin, (client) => work(drizzle(client))));
}

/** The door to tables without a tenant (people, sessions, rate limits): the app role with no tenant set sees no tenant row. */
export async function withoutTenant<T>(ctx: { database: Database }, work: (tx: Tx) => Promise<T>): Promise<T> {
  return withRetries(() => inTransaction(ctx.database.app, "begin", (client) => work(drizzle(client))));
}

/**
 * The same for a single statement, without a transaction around it: one round trip where `withoutTenant` takes three.
 * For what every request asks (whose session is this, is there allowance left).
 */
export async function oneStatement<T>(ctx: { database: Database }, work: (db: Tx) => Promise<T>): Promise<T> {
  return withRetries(() => work(drizzle(ctx.database.app)));
}

/** The door for what must cross tenants: the engine role, for a sweep on the allow-list. */
export async function withSystem<T>(
  ctx: { database: Database },
  sweep: SystemSweep,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (!Object.hasOwn(SYSTEM_SWEEPS, sweep)) throw new InvariantError("withSystem got a sweep that is not on the list");
  return withRetries(() =>
    inTransaction(ctx.database.engine, `begin; select set_config('app.sweep', '${sweep}', true)`, (client) =>
      work(drizzle(client)),
    ),
  );
}

/** Runs one statement of the executor; rows come back as the driver gives them (`json` columns as text). */
export type EngineQuery = <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/**
 * The executor's own door: the engine role with plain SQL, since its statements are built around data-modifying CTEs.
 * `clockShiftMs` moves `engine.clock()` for tests; the clock itself is always the database's.
 */
export async function withEngine<T>(
  ctx: { database: Database; clockShiftMs?: number },
  work: (query: EngineQuery) => Promise<T>,
): Promise<T> {
  const shift = Math.trunc(ctx.clockShiftMs ?? 0);
  const begin = `begin; select set_config('app.sweep', 'engine', true), set_config('app.clock_shift', '${shift} ms', true)`;
  return withRetries(() =>
    inTransaction(ctx.database.engine, begin, (client) =>
      work(async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) => {
        const result = await client.query<Row>(text, [...values]);
        return result.rows;
      }),
    ),
  );
}
