import type { EngineQuery } from "@/db/tenancy";
import { newId } from "@/server/kernel/ids";
import type { Json } from "@/server/kernel/json";
import type { FunctionConfig } from "./config";
import { keyOf } from "./expressions";

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
  event: SdkEvent;
  parent?: { runId: string; opId: string };
}

/** The keys of which a call of this run takes a slot, one per limit of the function, in the same order. */
function concurrencyKeys(config: FunctionConfig, event: SdkEvent): string[] {
  return config.concurrency.map(({ key, scope }, place) => {
    const value = key === null ? "" : keyOf(key, { event });
    return scope === "fn" ? `fn/${config.id}/${place}/${value}` : `${scope}/${value}`;
  });
}

function toRow({ config, tenantId, triggerKey, event, parent }: Start, index: number) {
  return {
    place: index + 1,
    id: newId("execution"),
    tenant_id: tenantId,
    function_id: config.id,
    trigger_key: triggerKey,
    ts: event.ts,
    concurrency: concurrencyKeys(config, event),
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

/** Starts runs with their first call and what cancels them; those already started under their key are left alone. */
export async function startRuns(query: EngineQuery, starts: readonly Start[]): Promise<void> {
  if (starts.length === 0) return;
  await query(
    `with input as (
       select * from json_to_recordset($1::json) as x(place int, id text, tenant_id text, function_id text,
         trigger_key text, ts bigint, concurrency text[], parent_run_id text, parent_op_id text, cancels json)
     ), started as (
       insert into engine.runs
         (tenant_id, id, function_id, trigger_key, events, concurrency, parent_run_id, parent_op_id, created_at)
       select tenant_id, id, function_id, trigger_key, ($2::json[])[place], concurrency, parent_run_id, parent_op_id, engine.clock()
       from input on conflict (function_id, trigger_key) do nothing
       returning id
     ), queued as (
       insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id, run_at, created_at)
       select tenant_id, id, 'discover:0', 'call', 'step', engine.clock(), engine.clock()
       from started join input using (id)
     )
     insert into engine.waits (tenant_id, run_id, op_id, kind, match, expression, since, expires_at)
     select input.tenant_id, input.id, c.op_id, 'cancel', c.match, c.expression, to_timestamp(input.ts / 1000.0),
       engine.clock() + c.timeout_ms * interval '1 millisecond'
     from started join input using (id) cross join lateral
       json_to_recordset(input.cancels) as c(op_id text, match text, expression text, timeout_ms bigint)`,
    // What came in with events travels as it is: taking a JSON object apart refuses "\u0000".
    [JSON.stringify(starts.map(toRow)), starts.map(({ event }) => JSON.stringify([event]))],
  );
}
