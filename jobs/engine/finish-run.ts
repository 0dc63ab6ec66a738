import type { EngineQuery } from "@/db/tenancy";
import type { Json } from "@/server/kernel/json";
import type { Engine } from "./engine";
import { memoiseOpen } from "./memoise";
import type { Memo, WireError } from "./protocol";
import { type News, recordNews } from "./record-news";
import type { SdkEvent } from "./start-runs";
import { readEvents } from "./stored-events";

export type Ending =
  { status: "completed"; result: Json } | { status: "failed"; error: WireError } | { status: "cancelled" };

const CANCELLED: WireError = { name: "Error", message: "function cancelled" };

interface Ended extends Record<string, unknown> {
  tenant_id: string;
  function_id: string;
  events: string;
  parent_run_id: string | null;
  parent_op_id: string | null;
}

/** Events about ends would never end themselves, if a run that such an event started announced its own. */
const ABOUT_ENDS = new Set(["inngest/function.failed", "inngest/function.finished", "inngest/function.cancelled"]);

/** A run as the events about its end tell of it. */
interface EndedRun {
  runId: string;
  functionId: string;
  /** What started it; null when it cannot be read. */
  events: readonly SdkEvent[] | null;
}

/** The events that tell of an end, for whoever listens. */
export function announcements({ runId, functionId, events }: EndedRun, ending: Ending): News[] {
  const [event] = events ?? [];
  if (event === undefined || ABOUT_ENDS.has(event.name)) return [];
  const error = ending.status === "failed" ? ending.error : ending.status === "cancelled" ? CANCELLED : null;
  const outcome = ending.status === "completed" ? { result: ending.result } : { error };
  const copies = { event: { ...event }, events: (events ?? []).map((each) => ({ ...each })) };
  const payload = { function_id: functionId, run_id: runId, ...copies, ...outcome };
  const names = ["finished", ...(ending.status === "completed" ? [] : [ending.status])];
  return names.map((name) => ({ id: `${runId}:${name}`, name: `inngest/function.${name}`, payload }));
}

/** Hands an ending to the run that invoked this one, if any did. */
export async function tellParent(
  query: EngineQuery,
  parent: { parent_run_id: string | null; parent_op_id: string | null },
  ending: Ending,
): Promise<void> {
  if (parent.parent_run_id === null || parent.parent_op_id === null) return;
  const memo: Memo =
    ending.status === "completed"
      ? { type: "data", data: ending.result }
      : { type: "error", error: ending.status === "failed" ? ending.error : CANCELLED };
  await memoiseOpen(query, parent.parent_run_id, parent.parent_op_id, memo);
}

/**
 * Ends a run once: its status, its waits and jobs (a leased one is dropped when its call comes back), the step of the
 * run that invoked it, and the events that tell of it. Returns false for a run that is over.
 */
export async function finishRun(engine: Engine, query: EngineQuery, runId: string, ending: Ending): Promise<boolean> {
  const [ended] = await query<Ended>(
    `with ended as (
       update engine.runs set status = $2, result = $3::json, error = $4::json, ended_at = engine.clock(), pending = '{}'
       where id = $1 and status in ('queued', 'running')
       returning tenant_id, id, function_id, events, parent_run_id, parent_op_id
     ), gone_waits as (
       delete from engine.waits using ended where run_id = ended.id
     ), gone_jobs as (
       delete from engine.jobs using ended where run_id = ended.id and lease_id is null
     )
     select * from ended`,
    [
      runId,
      ending.status,
      ending.status === "completed" ? JSON.stringify(ending.result) : null,
      ending.status === "failed" ? JSON.stringify(ending.error) : null,
    ],
  );
  if (ended === undefined) return false;
  await tellParent(query, ended, ending);
  const run = { runId, functionId: ended.function_id, events: readEvents(ended.events) };
  await recordNews(query, ended.tenant_id, announcements(run, ending), (name) => engine.subscriptions.has(name));
  return true;
}
