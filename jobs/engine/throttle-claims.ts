import type { EngineQuery } from "@/db/tenancy";
import type { Candidate, Choice, Throttles } from "./choose-calls";
import type { FunctionConfig } from "./config";
import { idOf, readWindows, type Window, writeWindows } from "./windows";

/** The window of starts of a function that count, as against those that are only promised. */
export interface Throttled {
  window: Window;
  throttle: NonNullable<Candidate["throttle"]>;
  /** How long it has waited, and by how much it goes before others (milliseconds). */
  rank: number;
}

interface QueuedRun {
  tenant_id: string;
  throttle: string | null;
  priority: number;
  ageMs: number;
}

/** What a run's start counts against; null for one that is not throttled, or no more. */
export function throttleOf(config: FunctionConfig | undefined, run: QueuedRun): Throttled | null {
  const throttle = config?.flow.throttle ?? null;
  if (config === undefined || throttle === null || run.throttle === null) return null;
  const window: Window = { functionId: config.id, tenantId: run.tenant_id, control: "throttle", key: run.throttle };
  const rank = run.ageMs + run.priority * 1_000;
  return { window, throttle: { window: idOf(window), rate: throttle.rate }, rank };
}

/**
 * Puts starts of one throttle into their turn among each other, in the places that they have among all. One that was
 * sent back for a moment comes back at a moment that is another's, and would else go behind it again and again.
 */
export function inTurn<Call extends { throttled: Throttled | null }>(found: readonly Call[]): Call[] {
  const queues = new Map<string, Call[]>();
  for (const call of found) {
    if (call.throttled === null) continue;
    const { window } = call.throttled.throttle;
    queues.set(window, [...(queues.get(window) ?? []), call]);
  }
  for (const queue of queues.values()) queue.sort((a, b) => (b.throttled?.rank ?? 0) - (a.throttled?.rank ?? 0));
  return found.map((call) => queues.get(call.throttled?.throttle.window ?? "")?.shift() ?? call);
}

/** What is used of these throttles. Claims are made one after another, so that it stays so until the claim ends. */
export async function readThrottles(query: EngineQuery, throttled: readonly Throttled[]): Promise<Throttles> {
  if (throttled.length === 0) return { wholeAt: new Map(), now: 0 };
  const wholeAt = await readWindows(
    query,
    throttled.map(({ window }) => window),
  );
  const [clock] = await query<{ ms: string }>("select floor(extract(epoch from engine.clock()) * 1000) as ms");
  return { wholeAt, now: Number(clock?.ms) };
}

/** Counts the starts that were chosen, and puts those that came too soon back to where they may come again. */
export async function writeThrottles(
  query: EngineQuery,
  throttled: readonly Throttled[],
  before: Throttles,
  { delayed, wholeAt, lineAt }: Choice<Candidate>,
): Promise<void> {
  if (throttled.length === 0) return;
  const windows = throttled.map(({ window }) => window);
  await writeWindows(query, windows, { before: before.wholeAt, now: wholeAt });
  if (delayed.length === 0) return;
  await query(
    `update engine.jobs j set run_at = to_timestamp(x.ms / 1000.0)
     from unnest($1::text[], $2::text[], $3::bigint[]) as x(run_id, dedupe, ms)
     where j.run_id = x.run_id and j.dedupe = x.dedupe and j.lease_id is null`,
    [
      delayed.map(({ candidate }) => candidate.runId),
      delayed.map(({ candidate }) => candidate.dedupe),
      delayed.map(({ untilMs }) => untilMs),
    ],
  );
  // What comes in from now on stands behind them.
  const lines = windows.map((window) => ({ ...window, control: "throttle_line" as const }));
  const ends = new Map<string, number>();
  for (const window of windows) {
    const end = lineAt.get(idOf(window));
    if (end !== undefined) ends.set(idOf({ ...window, control: "throttle_line" }), end);
  }
  await writeWindows(query, lines, { before: new Map(), now: ends });
}
