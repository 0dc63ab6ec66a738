import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { InvariantError, must, unavailable } from "@/server/kernel/errors";
import type { Database } from "./client";
import { CONTENDED, hadNoAnswer, sqlState, whatBroke } from "./postgres-errors";

/** A handle inside one open transaction. */
export type Tx = NodePgDatabase & { $client: object };

/**
 * Reads and writes that cross tenants, each with its reason. Row level security opens to the engine role only the
 * tables these need (`walls.ts`); a new sweep is a new line here, seen in review.
 */
const SYSTEM_SWEEPS = {
  "find-membership": "a person leaves a tenant that they name by its slug",
  "find-session": "a session's cookie names nobody; who it belongs to decides which tenants open",
  "list-memberships": "a person chooses among the tenants they are a member of",
  "find-tenant": "the command line, or a page that anybody reads, names a tenant by its slug",
  "count-tenants": "a licence says how many tenants a deployment may have",
  "find-invitation": "an invitation link names no tenant",
  "find-api-key": "a bearer key names no tenant",
  "list-tenants": "every tenant's secrets are sealed anew, and those that ended forgotten, tenant by tenant",
  engine: "the executor routes events and runs functions of every tenant",
  "list-anchor-work": "receipt heads of every tenant are signed on a schedule",
  "settle-holds": "what a kill ends and a pause let wait is looked up for every tenant by one job",
  "settle-break-glass": "grants of break-glass that are over are looked up for every tenant by one job",
  "end-auditors": "auditors whose time is over are looked up for every tenant by one job",
  "forget-views":
    "what auditors were shown long ago is deleted for every tenant by one job, as no tenant's own call may",
  "settle-approvals": "requests for approval that expire or became void are looked up for every tenant by one job",
  "follow-default": "another default pack of the deployment is proposed to each tenant that follows it",
  "find-trigger": "the address of a webhook names no tenant",
  "fire-triggers":
    "schedules that are due, and fires that wait for their run, are looked up for every tenant by one job",
  "watch-quotas": "claims of every tenant say which quotas they met, and one job tells of them",
  "detect-drift": "one job compares the deployment and every tenant with what they should be",
  "tend-access-reviews": "reviews of access that are due, or follow another, are looked up for every tenant by one job",
  "collect-evidence": "one job lists the tenants whose evidence is collected, each then inside its walls",
  "run-audits": "one job lists the tenants that are audited, each then inside its walls",
  "tend-findings": "findings that are overdue, or accepted until now, are looked up for every tenant by one job",
  "find-customer": "an event of the seller names a customer, and no tenant",
  "tend-trials": "trials that end soon, or have ended, are looked up for every tenant by one job",
  "catalogue-signatures":
    "what the operating tenant's people have signed is looked up by a command, which is of no tenant",
  "reconcile-billing": "every customer is compared with what the seller says of it",
  "judge-slos": "one pass each minute moves the windows of every objective, and judges its alerts",
  "tend-mitigations": "mitigations that are over, or are to be judged, are looked up for every tenant by one job",
  "find-operators": "what only the operator can put right is told to the operating tenant",
  metrics: "a monitoring system asks about all tenants together",
  "purge-expired": "sessions, sign-in links and allowances belong to no tenant, and nobody comes back for them",
} as const;
export type SystemSweep = keyof typeof SYSTEM_SWEEPS;

/** Of a transaction that lost a race before it did anything, which is safe to run again from the start. */
const MAX_ATTEMPTS = 4;

type Send = () => Promise<unknown>;

/** What the transaction at work on a connection sends last. */
const lastOf = new WeakMap<object, Send[]>();

/**
 * Puts a statement at the end of the transaction, where it travels together with the commit: for what makes others wait
 * from there on, since they then wait for the database alone. `send` hands it to the driver before it returns. Should it
 * fail, the transaction fails.
 */
export function sendLast(tx: Tx, send: Send): void {
  must(lastOf.get(tx.$client), "a transaction is open").push(send);
}

/**
 * Waits until all that was committed before is on the disk: its own commit is, and the log is written in order. Whoever
 * commits at the same time shares the write.
 */
const onDisk = { name: "on-disk", text: "select pg_logical_emit_message(true, 'on-disk', '')" };

/**
 * Sends what is left and the commit; over a driver that waits for each answer, one after the other. What others wait for
 * is let go before the disk has it, as they would wait for the disk with it, one after the other; whoever asked for the
 * transaction hears of it only when the disk has it.
 */
async function commit(client: pg.PoolClient, isLazy: boolean): Promise<void> {
  const last = lastOf.get(client) ?? [];
  if (!client.pipeline) {
    for (const send of last) await send();
    await client.query("commit");
    return;
  }
  const closing = () => client.query("commit");
  const parts =
    last.length === 0 || isLazy
      ? [...last, closing]
      : [() => client.query("set local synchronous_commit = off"), ...last, closing, () => client.query(onDisk)];
  // Where one fails, Postgres answers the commit with a rollback.
  const settled = await Promise.allSettled(parts.map((send) => send()));
  const failed = settled.find((part) => part.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

async function checkOut(pool: pg.Pool): Promise<pg.PoolClient> {
  return pool.connect().catch((error: unknown) => {
    throw unavailable("The database cannot be reached. Try again in a moment.", error);
  });
}

async function inTransaction<T>(
  pool: pg.Pool,
  begin: string,
  work: (client: pg.PoolClient) => Promise<T>,
  { isLazy = false }: { isLazy?: boolean } = {},
): Promise<T> {
  const client = await checkOut(pool);
  let isBroken = false;
  lastOf.set(client, []);
  try {
    const begun = client.query(begin);
    // The work's first statement travels with the one that opens the transaction, where the driver can do that. Should
    // opening fail, no tenant is set, and the walls let nothing through.
    if (!client.pipeline) await begun;
    // Both are over before the connection goes back, whichever of them failed.
    const [opened, worked] = await Promise.allSettled([begun, work(client)]);
    if (opened.status === "rejected") throw opened.reason;
    if (worked.status === "rejected") throw worked.reason;
    await commit(client, isLazy);
    return worked.value;
  } catch (error) {
    if (hadNoAnswer(error)) isBroken = true;
    else
      await client.query("rollback").catch(() => {
        isBroken = true;
      });
    throw error;
  } finally {
    lastOf.delete(client);
    client.release(isBroken);
  }
}

/** A transaction of one statement: one round trip, where the driver sends its parts without waiting for answers. */
async function inOneTrip<T>(pool: pg.Pool, begin: string, ask: (db: Tx) => Promise<T>): Promise<T> {
  const client = await checkOut(pool);
  const parts = [client.query(begin), (async () => ask(drizzle(client)))(), client.query("commit")] as const;
  const [opened, answered, closed] = await Promise.allSettled(parts);
  const failed = [opened, closed, answered].filter((part) => part.status === "rejected");
  // Where more than the statement failed, nobody knows what became of the connection.
  client.release(failed.some((part) => part !== answered));
  if (answered.status === "fulfilled" && failed.length === 0) return answered.value;
  throw failed.at(-1)?.reason;
}

async function withRetries<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      const state = sqlState(error);
      if (state !== undefined && CONTENDED.has(state) && tried < MAX_ATTEMPTS) {
        await new Promise((resolve) => setTimeout(resolve, 10 * tried + Math.random() * 20));
        continue;
      }
      throw whatBroke(error);
    }
  }
}

// The id goes into the first statement, so that begin and the wall's setting cost one round trip.
const TENANT_ID = /^ten_[0-9a-f]{32}$/;

function inTenant(tenantId: string, begin = "begin"): string {
  if (!TENANT_ID.test(tenantId)) throw new InvariantError("withTenant got something that is no tenant id");
  return `${begin}; select set_config('app.tenant_id', '${tenantId}', true)`;
}

/**
 * The only door to tenant data: one transaction as the app role, walled to one tenant.
 * `work` may run again after a serialization failure, a deadlock or a cancelled statement, so it must not act outside the database.
 */
export async function withTenant<T>(
  ctx: { database: Database; tenantId: string },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const begin = inTenant(ctx.tenantId);
  return withRetries(() => inTransaction(ctx.database.app, begin, (client) => work(drizzle(client))));
}

/** The same for a single statement, in one round trip; `ask` sends it before it returns, as `withSystemStatement` says. */
export async function withTenantStatement<T>(
  ctx: { database: Database; tenantId: string },
  ask: (db: Tx) => Promise<T>,
): Promise<T> {
  return withRetries(() => inOneTrip(ctx.database.app, inTenant(ctx.tenantId), ask));
}

/**
 * The same for reading all of a tenant as of one moment, over the connection itself, as COPY is asked of that. Nothing can be
 * written, and nothing is tried again.
 */
export async function withTenantSnapshot<T>(
  ctx: { database: Database; tenantId: string },
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const begin = inTenant(ctx.tenantId, "begin isolation level repeatable read read only");
  return inTransaction(ctx.database.app, begin, work);
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

function inSweep(sweep: SystemSweep): string {
  if (!Object.hasOwn(SYSTEM_SWEEPS, sweep)) throw new InvariantError("withSystem got a sweep that is not on the list");
  return `begin; select set_config('app.sweep', '${sweep}', true)`;
}

/** The door for what must cross tenants: the engine role, for a sweep on the allow-list. */
export async function withSystem<T>(
  ctx: { database: Database },
  sweep: SystemSweep,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return withRetries(() => inTransaction(ctx.database.engine, inSweep(sweep), (client) => work(drizzle(client))));
}

/**
 * The same for a single statement, in one round trip where `withSystem` takes two (not over Neon's driver): for what every request asks. `ask`
 * sends it before it returns, as a prepared statement does; sent later, it would come after the commit, and find nothing.
 */
export async function withSystemStatement<T>(
  ctx: { database: Database },
  sweep: SystemSweep,
  ask: (db: Tx) => Promise<T>,
): Promise<T> {
  return withRetries(() => inOneTrip(ctx.database.engine, inSweep(sweep), ask));
}

/** Runs one statement of the executor; rows come back as the driver gives them (`json` columns as text). */
export type EngineQuery = <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

const statementNames = new Map<string, string>();

/** A name per text, so that Postgres parses and plans each of the executor's statements once per connection. */
function statementName(text: string): string {
  const known = statementNames.get(text);
  if (known !== undefined) return known;
  const name = `engine_${statementNames.size}`;
  statementNames.set(text, name);
  return name;
}

/** One that is sent with the commit. Its rows are there once the transaction is over, and never when it failed. */
function lastOn(client: pg.PoolClient, query: EngineQuery): EngineQuery {
  return <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) =>
    new Promise<Row[]>((resolve) => {
      must(lastOf.get(client), "a transaction is open").push(() => query<Row>(text, values).then(resolve));
    });
}

/**
 * How long a transaction of the executor may wait for its own process, in milliseconds. Workers claim and route one after
 * another: one that is frozen in the middle would hold all others up until it wakes.
 */
const ENGINE_IDLE_MS = 3_000;

/**
 * The executor's own door: the engine role with plain SQL, since its statements are built around data-modifying CTEs.
 * What `work` asks through `last` travels together with the commit: it must not wait for that before it returns.
 * `clockShiftMs` moves `engine.clock()` for tests; the clock itself is always the database's. `isLazy`: nobody waits for the
 * disk. Should Postgres die before it has it, what was done is undone, and so is all that came after it.
 */
export async function withEngine<T>(
  ctx: { database: Database; clockShiftMs?: number; isLazy?: boolean },
  work: (query: EngineQuery, last: EngineQuery) => Promise<T>,
): Promise<T> {
  const shift = Math.trunc(ctx.clockShiftMs ?? 0);
  const { isLazy = false } = ctx;
  const settings = {
    ...{ "app.sweep": "engine", "app.clock_shift": `${shift} ms` },
    idle_in_transaction_session_timeout: String(ENGINE_IDLE_MS),
    ...(isLazy ? { synchronous_commit: "off" } : {}),
  };
  const set = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', true)`);
  const begin = `begin; select ${set.join(", ")}`;
  const ask = (client: pg.PoolClient) => {
    const query: EngineQuery = async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) => {
      const result = await client.query<Row>({ name: statementName(text), text, values: [...values] });
      return result.rows;
    };
    return work(query, lastOn(client, query));
  };
  return withRetries(() => inTransaction(ctx.database.engine, begin, ask, { isLazy }));
}
