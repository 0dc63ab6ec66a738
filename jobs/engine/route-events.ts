import type { EngineQuery } from "@/db/tenancy";
import { Refusal } from "@/server/kernel/errors";
import { log } from "@/server/platform/log";
import type { FunctionConfig } from "./config";
import { type Engine, inEngine, LOCKS } from "./engine";
import { holds } from "./expressions";
import { finishRun } from "./finish-run";
import { memoiseOpen } from "./memoise";
import { type SdkEvent, type Start, startRuns } from "./start-runs";
import { readEvent, type StoredEvent } from "./stored-events";

/** Events per transaction: enough to spread its cost, few enough that a deadlock repeats little. */
const BATCH = 200;

interface Wait extends Record<string, unknown> {
  run_id: string;
  op_id: string;
  kind: "event" | "cancel";
  expression: string | null;
  events: string;
}

/** Waits that an event of this name may end, oldest first. A tenant's event never reaches another tenant's run. */
async function waitsFor(query: EngineQuery, row: StoredEvent): Promise<Wait[]> {
  return query<Wait>(
    `select w.run_id, w.op_id, w.kind, w.expression, r.events
     from engine.waits w join engine.runs r on r.id = w.run_id
     where w.match = $1 and w.since <= $2::timestamptz + (engine.clock() - now())
       and (w.expires_at is null or w.expires_at > engine.clock())
       and (w.tenant_id in ($3, 'system') or $3 = 'system')
     order by w.since, w.run_id`,
    [row.name, row.received_at, row.tenant_id],
  );
}

async function endWaits(engine: Engine, query: EngineQuery, row: StoredEvent, event: SdkEvent): Promise<void> {
  for (const wait of await waitsFor(query, row)) {
    const [trigger] = JSON.parse(wait.events) as [SdkEvent];
    if (!holds(wait.expression, { event: trigger, async: event })) continue;
    if (wait.kind === "cancel") await finishRun(engine, query, wait.run_id, { status: "cancelled" });
    else await memoiseOpen(query, wait.run_id, wait.op_id, { type: "data", data: { ...event } });
  }
}

function startsOf(configs: ReadonlyMap<string, FunctionConfig>, tenantId: string, event: SdkEvent): Start[] {
  return [...configs.values()]
    .filter((config) =>
      config.events.some(({ name, expression }) => name === event.name && holds(expression, { event })),
    )
    .map((config) => ({ config, tenantId, triggerKey: event.id, event }));
}

/** Names that may end something: those of open waits, and those that cancel runs which this very batch starts. */
async function waitedNames(engine: Engine, query: EngineQuery, rows: readonly StoredEvent[]): Promise<Set<string>> {
  const names = [...new Set(rows.map((row) => row.name))];
  const open = await query<{ match: string }>("select distinct match from engine.waits where match = any($1)", [names]);
  const cancelling = [...engine.configs.values()].flatMap((config) => config.cancelOn.map(({ event }) => event));
  return new Set([...open.map(({ match }) => match), ...cancelling]);
}

async function takeUnrouted(query: EngineQuery, most: number): Promise<StoredEvent[]> {
  const [lock] = await query<{ taken: boolean }>("select pg_try_advisory_xact_lock($1) as taken", [LOCKS.route]);
  if (lock?.taken !== true) return [];
  return query<StoredEvent>(
    `select id, tenant_id, name, payload, received_at from engine.events
     where routed_at is null order by received_at, id limit $1`,
    [most],
  );
}

async function routeBatch(engine: Engine, most: number): Promise<number> {
  return inEngine(engine, async (query) => {
    const rows = await takeUnrouted(query, most);
    if (rows.length === 0) return 0;
    const waited = await waitedNames(engine, query, rows);
    let starts: Start[] = [];
    for (const row of rows) {
      const event = readEvent(row);
      if (waited.has(event.name)) {
        // What came before in this batch may have started the very run that this event cancels.
        await startRuns(query, starts);
        starts = [];
        await endWaits(engine, query, row, event);
      }
      starts.push(...startsOf(engine.configs, row.tenant_id, event));
    }
    await startRuns(query, starts);
    await query("update engine.events set routed_at = now() where id = any($1)", [rows.map((row) => row.id)]);
    await query("select pg_notify('conductor_engine', '')");
    return rows.length;
  });
}

/** Sets the oldest event aside: routing it alone failed, and it must not hold up all that came after it. */
async function quarantine(engine: Engine, reason: unknown): Promise<number> {
  return inEngine(engine, async (query) => {
    const [row] = await takeUnrouted(query, 1);
    if (row === undefined) return 0;
    await query("update engine.events set routed_at = now() where id = $1", [row.id]);
    const line = { err: reason, event: row.id, name: row.name, tenantId: row.tenant_id };
    log().error(line, "an event cannot be routed and is set aside");
    return 1;
  });
}

/**
 * Takes the oldest unrouted events, ends the waits and runs they match and starts the functions they trigger, all in one
 * transaction, so that each event does so exactly once. One worker routes at a time. Returns how many it took.
 */
export async function routeEvents(engine: Engine): Promise<number> {
  try {
    return await routeBatch(engine, BATCH);
  } catch (error) {
    if (error instanceof Refusal) throw error; // the database's own trouble says nothing about an event
    try {
      return await routeBatch(engine, 1);
    } catch (alone) {
      if (alone instanceof Refusal) throw alone;
      return quarantine(engine, alone);
    }
  }
}
