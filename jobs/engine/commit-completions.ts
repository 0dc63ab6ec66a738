import type { Json } from "@/server/kernel/json";
import type { Claim } from "./claim-calls";
import { type Batched, inBatches } from "@/server/platform/in-batches";
import { commitAnswer, type Outcome } from "./commit-answer";
import type { Decision, Finished } from "./decide";
import { type Engine, inEngine } from "./engine";
import { announcements, tellParent } from "./finish-run";

/** A call that ends its run well, and asks for nothing else. */
export interface Completion {
  claim: Claim;
  result: Json;
  finished: readonly Finished[];
}

/** The completion that a decision is; null when it begins, repeats or fails something. */
export function completionOf(claim: Claim, decision: Decision): Completion | null {
  if (decision.kind === "finish")
    return decision.status === "completed" ? { claim, result: decision.result, finished: [] } : null;
  if (decision.kind === "retry" || decision.returned === null) return null;
  const { opened, shouldRetry, finished, returned } = decision;
  return opened.length > 0 || shouldRetry ? null : { claim, result: returned.result, finished };
}

// The same fence, the same order of locks and the same writes as commitAnswer and finishRun, for many calls at once.
const COMPLETE = `
  with ended as materialized (
    select * from engine.end_calls($1, $2, $3, $4, $5, $6)
  ), steps as (
    insert into engine.steps (tenant_id, run_id, op_id, op, name, memo, created_at, done_at)
    select tenant_id, run_id, op_id, op, name, memo::json, engine.clock(), engine.clock()
    from unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) as memos(run_id, op_id, op, name, memo)
      join ended on ended.id = run_id
    on conflict (run_id, op_id) do update set memo = excluded.memo, done_at = excluded.done_at where steps.memo is null
  ), news as (
    insert into engine.events (tenant_id, id, name, payload, routed_at)
    select tenant_id, x.id, name, payload::json,
      case when $14 or exists (select from engine.waits where match = name) then null else now() end
    from unnest($10::text[], $11::text[], $12::text[], $13::text[]) as x(run_id, id, name, payload)
      join ended on ended.id = x.run_id
    on conflict (id) do nothing
  )
  select id, parent_run_id, parent_op_id from ended`;

interface Ended extends Record<string, unknown> {
  id: string;
  parent_run_id: string | null;
  parent_op_id: string | null;
}

const newsOf = ({ claim: { runId, functionId, events }, result }: Completion) =>
  announcements({ runId, functionId, events }, { status: "completed", result }).map((news) => ({ runId, ...news }));

/** Ends many runs in one transaction. Gives one outcome per completion, in their order. */
async function commitCompletions(engine: Engine, completions: readonly Completion[]): Promise<Outcome[]> {
  const claims = completions.map(({ claim }) => claim);
  // Each locks its run: in one order, whoever else does the same.
  const inOrder = [...completions].sort((a, b) => (a.claim.runId < b.claim.runId ? -1 : 1));
  const memos = inOrder.flatMap(({ claim, finished }) => finished.map((done) => ({ runId: claim.runId, ...done })));
  const news = inOrder.flatMap(newsOf);
  const values = [
    inOrder.map(({ claim: { runId } }) => runId),
    inOrder.map(({ claim: { dedupe } }) => dedupe),
    inOrder.map(({ claim: { leaseId } }) => leaseId),
    inOrder.map(({ result }) => JSON.stringify(result)),
    memos.map(({ runId }) => runId),
    memos.map(({ opId }) => opId),
    memos.map(({ op }) => op),
    memos.map(({ name }) => name),
    memos.map(({ memo }) => JSON.stringify(memo)),
    news.map(({ runId }) => runId),
    news.map(({ id }) => id),
    news.map(({ name }) => name),
    news.map(({ payload }) => JSON.stringify(payload)),
    engine.subscriptions.has("inngest/function.finished"),
  ];
  const { ended } = await inEngine(engine, async (query, last) => {
    if (!claims.some(({ hasParent }) => hasParent)) return { ended: last<Ended>(COMPLETE, values) };
    const rows = await query<Ended>(COMPLETE, values);
    const results = new Map(completions.map(({ claim, result }) => [claim.runId, result]));
    for (const { id, ...parent } of rows)
      await tellParent(query, parent, { status: "completed", result: results.get(id) ?? null });
    return { ended: rows };
  });
  const committed = new Set((await ended).map(({ id }) => id));
  return claims.map(({ runId }) => (committed.has(runId) ? "committed" : "fenced"));
}

/** Runs that end in one transaction, at most. */
const MOST_TOGETHER = 100;

const FINAL = { kind: "progress" as const, opened: [], shouldRetry: false, retryAfter: null };

const batchers = new WeakMap<Engine, Batched<Completion, Outcome>>();

function batcherOf(engine: Engine): Batched<Completion, Outcome> {
  const batcher = inBatches<Completion, Outcome>({
    most: MOST_TOGETHER,
    keyOf: () => "all",
    work: (completions) => commitCompletions(engine, completions),
    alone: ({ claim, result, finished }) =>
      commitAnswer(engine, claim, { ...FINAL, finished: [...finished], returned: { result } }, null),
  });
  batchers.set(engine, batcher);
  return batcher;
}

/** Ends a run, together with those that end at the same time. */
export const complete = (engine: Engine, completion: Completion): Promise<Outcome> =>
  (batchers.get(engine) ?? batcherOf(engine))(completion);
