import type { EngineQuery } from "@/db/tenancy";
import { Refusal } from "@/server/kernel/errors";
import { log } from "@/server/platform/log";
import { admitStarts } from "./admit-starts";
import type { FunctionConfig } from "./config";
import { type Engine, lazily, LOCKS } from "./engine";
import { holds } from "./expressions";
import { finishRun } from "./finish-run";
import { memoiseOpen } from "./memoise";
import { type SdkEvent, type Start, startRuns } from "./start-runs";
import { readEvent, readTrigger, type StoredEvent } from "./stored-events";

/** Events per transaction: enough to spread its cost, few enough that a deadlock repeats little. */
export const ROUTE_BATCH = 200;

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
    const trigger = readTrigger(wait.events);
    if (trigger === null || !holds(wait.expression, { event: trigger, async: event })) continue;
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

interface Unrouted extends StoredEvent {
  /** True when some open wait is for an event of this name. */
  is_awaited: boolean;
}

async function takeUnrouted(query: EngineQuery, most: number): Promise<Unrouted[]> {
  // Asked together: without the lock, what was read is left alone. Not whether such a wait exists: to tell that, all waits
  // might be read at once.
  const [[lock], rows] = await Promise.all([
    query<{ taken: boolean }>("select pg_try_advisory_xact_lock($1) as taken", [LOCKS.route]),
    query<Unrouted>(
      `select id, tenant_id, name, payload, received_at,
         coalesce((select true from engine.waits where match = name limit 1), false) as is_awaited
       from engine.events where routed_at is null order by received_at, id limit $1`,
      [most],
    ),
  ]);
  return lock?.taken === true ? rows : [];
}

const ROUTED = "update engine.events set routed_at = now() where id = any($1)";

/** What routing came to. */
export interface Routed {
  /** Events taken: as many as fit into a batch when there may be more. */
  events: number;
  /** True when calls may follow from them. */
  hasWork: boolean;
}

async function routeBatch(engine: Engine, most: number): Promise<Routed> {
  return lazily(engine, async (query, last) => {
    const rows = await takeUnrouted(query, most);
    if (rows.length === 0) return { events: 0, hasWork: false };
    // Also those that cancel runs which this very batch starts.
    const cancelling = new Set(
      [...engine.configs.values()].flatMap(({ cancelOn }) => cancelOn.map(({ event }) => event)),
    );
    let starts: Start[] = [];
    let hasWork = false;
    for (const row of rows) {
      const event = readEvent(row);
      if (row.is_awaited || cancelling.has(row.name)) {
        // What came before in this batch may have started the very run that this event cancels.
        await startRuns(query, (await admitStarts(engine, query, starts)).starts);
        starts = [];
        hasWork = true;
        await endWaits(engine, query, row, event);
      }
      starts.push(...startsOf(engine.configs, row.tenant_id, event));
    }
    const admitted = await admitStarts(engine, query, starts);
    hasWork ||= admitted.starts.length > 0;
    void startRuns(last, admitted.starts);
    void last(ROUTED, [rows.map((row) => row.id)]);
    // The others are told of what they may claim now.
    if (hasWork) void last("select pg_notify('conductor_engine', $1)", [engine.workerId]);
    return { events: rows.length, hasWork };
  });
}

/** Sets the oldest event aside: routing it alone failed, and it must not hold up all that came after it. */
async function quarantine(engine: Engine, reason: unknown): Promise<Routed> {
  return lazily(engine, async (query) => {
    const [row] = await takeUnrouted(query, 1);
    if (row === undefined) return { events: 0, hasWork: false };
    await query(ROUTED, [[row.id]]);
    const line = { err: reason, event: row.id, name: row.name, tenantId: row.tenant_id };
    log().error(line, "an event cannot be routed and is set aside");
    return { events: 1, hasWork: false };
  });
}

/**
 * Takes the oldest unrouted events, ends the waits and runs they match and starts the functions they trigger, all in one
 * transaction, so that each event does so exactly once. One worker routes at a time.
 */
export async function routeEvents(engine: Engine): Promise<Routed> {
  try {
    return await routeBatch(engine, ROUTE_BATCH);
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
