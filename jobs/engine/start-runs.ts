import type { EngineQuery } from "@/db/tenancy";
import { newId } from "@/server/kernel/ids";
import type { Json } from "@/server/kernel/json";
import type { FunctionConfig } from "./config";
import { numberOf } from "./expressions";
import { concurrencyKeys } from "./flow-keys";
import { laneOf, MOST_PRIORITY_S } from "./lanes";
import { START_TIMEOUT } from "./run-timeouts";

/** An event as functions and expressions see it. */
export interface SdkEvent {
  readonly id: string;
  readonly name: string;
  readonly data: Json;
  /** Milliseconds since the epoch. */
  readonly ts: number;
}

export interface Start {
  config: FunctionConfig;
  tenantId: string;
  /** Event id, cron slot or parent operation; a second start under the same key does nothing. */
  triggerKey: string;
  /** What started it; of a batch the first. */
  event: SdkEvent;
  /** All of a batch. */
  events?: readonly SdkEvent[];
  parent?: { runId: string; opId: string };
  /** What flow control decided (admit-starts.ts). */
  flow?: { throttle?: { key: string; startAtMs: number }; singleton?: string };
}

/** By how many seconds a run starts before its turn; 0 where that cannot be told. */
function priorityOf({ config, event }: Start): number {
  const { priority } = config.flow;
  const factor = priority === null ? null : numberOf(priority, { event });
  return Math.max(-MOST_PRIORITY_S, Math.min(MOST_PRIORITY_S, Math.trunc(factor ?? 0)));
}

function toRow(start: Start, index: number) {
  const { config, tenantId, triggerKey, event, parent, flow } = start;
  const priority = priorityOf(start);
  return {
    place: index + 1,
    id: newId("execution"),
    tenant_id: tenantId,
    function_id: config.id,
    trigger_key: triggerKey,
    ts: event.ts,
    lane: laneOf(start, priority),
    concurrency: concurrencyKeys(config, tenantId, event),
    throttle: flow?.throttle?.key ?? null,
    singleton: flow?.singleton ?? null,
    // One that goes before others is there whenever its throttle lets somebody through, and is sent back until then.
    start_ms: priority > 0 ? null : (flow?.throttle?.startAtMs ?? null),
    priority_s: priority,
    timeout_ms: config.flow.startTimeoutMs,
    parent_run_id: parent?.runId ?? null,
    parent_op_id: parent?.opId ?? null,
    cancels: config.cancelOn.map((cancel, place) => ({
      op_id: `cancel:${place}`,
      match: cancel.event,
      expression: cancel.expression,
      timeout_ms: cancel.timeoutMs,
    })),
  };
}

/**
 * Starts runs with their first call and what cancels them; those already started under their key, and those of whose
 * singleton a run is open, are left alone. What may not start yet, or not at all, is for admitStarts to say before.
 */
export async function startRuns(query: EngineQuery, starts: readonly Start[]): Promise<void> {
  if (starts.length === 0) return;
  await query(
    `with input as (
       select * from json_to_recordset($1::json) as x(place int, id text, tenant_id text, function_id text,
         trigger_key text, ts bigint, lane smallint, concurrency text[], parent_run_id text, parent_op_id text, cancels json,
         throttle text, singleton text, start_ms bigint, priority_s int, timeout_ms bigint)
     ), started as (
       insert into engine.runs (tenant_id, id, function_id, trigger_key, events, concurrency, priority, throttle,
         singleton, lane, parent_run_id, parent_op_id, created_at)
       select tenant_id, id, function_id, trigger_key, ($2::json[])[place], concurrency, priority_s, throttle,
         singleton, lane, parent_run_id, parent_op_id, engine.clock()
       from input on conflict do nothing
       returning id
     ), queued as (
       insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id, lane, is_start, run_at, created_at)
       select tenant_id, id, 'discover:0', 'call', 'step', lane, true,
         coalesce(to_timestamp(start_ms / 1000.0), engine.clock()) - priority_s * interval '1 second', engine.clock()
       from started join input using (id)
     ), limited as (
       insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id, run_at, created_at)
       select tenant_id, id, '${START_TIMEOUT}', 'timer', '${START_TIMEOUT}',
         engine.clock() + timeout_ms * interval '1 millisecond', engine.clock()
       from started join input using (id) where timeout_ms is not null
     )
     insert into engine.waits (tenant_id, run_id, op_id, kind, match, expression, since, expires_at)
     select input.tenant_id, input.id, c.op_id, 'cancel', c.match, c.expression, to_timestamp(input.ts / 1000.0),
       engine.clock() + c.timeout_ms * interval '1 millisecond'
     from started join input using (id) cross join lateral
       json_to_recordset(input.cancels) as c(op_id text, match text, expression text, timeout_ms bigint)`,
    // What came in with events travels as it is: taking a JSON object apart refuses "\u0000".
    [JSON.stringify(starts.map(toRow)), starts.map(({ event, events = [event] }) => JSON.stringify(events))],
  );
}
