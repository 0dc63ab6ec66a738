import { inSpan } from "@/server/platform/trace";
import { must } from "@/server/kernel/errors";
import { whenBack } from "@/server/platform/when-back";
import type { Step } from "@/server/workflows/domain/definition";
import { isFinal } from "../domain/status";
import { isComputed, retryDelayMs, type Turn, turnOfBegun } from "../domain/turn";
import { act, type StepResult } from "./act";
import { commitProgress } from "./commit-progress";
import { computeSteps } from "./compute-steps";
import type { ExecutionContext } from "./context";
import { addBegin, addEnd, type Draft, draftOf, firstAttempt, stepAfter } from "./draft";
import { killHeldRun } from "./kill-held-runs";
import { currentTurn, type KnownStep, loadState, type RunState } from "./run-state";

/** Computed steps are committed together, but no longer than this and no more than that at a time. */
const COMPUTE_MS = 50;
const COMPUTE_STEPS = 100;

/** A step may act on a status that was seen this long ago; later, as after a process was frozen, it asks again. */
const FRESH_MS = 250;

/**
 * A result that cannot be committed would be fetched again, so it waits for the database this long, about as long as a
 * call may stay with this process. A commit whose answer got lost does not fit the second time.
 */
const AWAY_MS = 8_000;

/**
 * Carries a run on, one turn at a time; each turn is one transaction. Made anew for each call of the engine; between its
 * turns it remembers what it has read. A turn that was done before, by whomever, is not done again: it gives the one
 * that is due.
 */
export function conductRun(ctx: ExecutionContext, runId: string): (turn: Turn) => Promise<Turn> {
  let held: RunState | null = null;

  const spanned = <T>(name: string, facts: Record<string, number>, work: () => Promise<T>): Promise<T> => {
    const attributes = { "conductor.tenant_id": ctx.tenantId, "conductor.run_id": runId, ...facts };
    return inSpan(name, { attributes, parent: ctx.trace }, work);
  };

  const reload = async (): Promise<RunState> => (held = await whenBack(() => loadState(ctx, runId), AWAY_MS));

  const stepOf = (state: RunState, stepId: string): Step =>
    must(state.stepsById.get(stepId), `step ${stepId} is in its definition`);

  /** Writes a draft and gives the turn that follows; where it does not fit any more, the one that the database has. */
  const commit = async ({ state, writes, finished, outputs, bytes, outcome }: Draft, turn: Turn): Promise<Turn> => {
    const from = state.status === "queued" ? "queued" : "running";
    let seenAt = 0;
    const said = await whenBack(() => {
      seenAt = performance.now();
      return commitProgress(ctx, state, { from, writes, finished, outcome });
    }, AWAY_MS);
    if (said === "killed") await killHeldRun(ctx, state);
    if (said !== "written") return currentTurn(await reload());
    for (const { step, ...write } of writes) state.known.set(step.id, { stepId: step.id, ...write });
    Object.assign(state, { status: outcome?.status ?? "running", outputs, bytes, seenAt });
    return turn;
  };

  /** Computes steps one after the other until one has to act or wait, the run ends, or it is time to commit. */
  const compute = async (draft: Draft, first: Step): Promise<Step | undefined> => {
    const { stepsById, input } = draft.state;
    const until = performance.now() + COMPUTE_MS;
    let next: Step | undefined = first;
    while (next !== undefined && isComputed(next) && performance.now() < until) {
      const most = COMPUTE_STEPS - draft.writes.length;
      if (most <= 0) break;
      const from: Step = next;
      const scope = { input, steps: draft.outputs };
      const computed = await spanned("steps computed", {}, () => computeSteps(ctx, from, { stepsById, scope, most }));
      for (const { step, result, startedAt, endedAt } of computed) {
        addEnd(draft, step, firstAttempt(draft, step, startedAt), result, endedAt);
        next = stepAfter(draft, step, result);
      }
    }
    return next;
  };

  /** Goes on from a step: computes what can be, begins what has to act or wait, and commits all of it. */
  const goOn = async (draft: Draft, from: Step): Promise<Turn> => {
    const next = await compute(draft, from);
    if (draft.outcome !== null) return commit(draft, { kind: "ended", status: draft.outcome.status });
    const step = must(next, "a run that has not ended goes on with a step");
    if (isComputed(step)) return commit(draft, { kind: "compute", stepId: step.id });
    addBegin(draft, step, firstAttempt(draft, step, ctx.clock.now()));
    return commit(draft, turnOfBegun(step));
  };

  /** Ends a step that had begun, and goes on from there. */
  const end = async (state: RunState, step: Step, begun: KnownStep, result: StepResult): Promise<Turn> => {
    const draft = draftOf(state);
    const { attempt } = begun;
    addEnd(draft, step, begun, result, ctx.clock.now());
    if (draft.finished.length === 0)
      return commit(draft, { kind: "act", stepId: step.id, attempt: attempt + 1, afterMs: retryDelayMs(attempt) });
    const next = stepAfter(draft, step, result);
    if (next !== undefined) return goOn(draft, next);
    return commit(draft, { kind: "ended", status: must(draft.outcome, "a run without a next step ends").status });
  };

  const takeAct = async (state: RunState, turn: Extract<Turn, { kind: "act" }>): Promise<Turn> => {
    const { stepId, attempt } = turn;
    const step = stepOf(state, stepId);
    const failed = state.known.get(stepId);
    if (failed?.status === "failed" && failed.attempt === attempt - 1) {
      const draft = draftOf(state);
      addBegin(draft, step, { ...failed, attempt });
      const due = await commit(draft, turn);
      if (due !== turn) return due;
    }
    const begun = state.known.get(stepId);
    if (begun?.status !== "running" || begun.attempt !== attempt) return currentTurn(state);
    const scope = { input: state.input, steps: state.outputs };
    // The same key for every attempt, across crashes: the target can tell a repeat by it.
    const idempotencyKey = `${runId}:${stepId}`;
    const { secrets } = state;
    const result = await spanned(`step ${step.type}`, { attempt }, () =>
      act(ctx, { step, scope, idempotencyKey, secrets }),
    );
    return end(state, step, begun, result);
  };

  const take = async (state: RunState, turn: Turn): Promise<Turn> => {
    if (state.isKillOn && !isFinal(state.status)) {
      await killHeldRun(ctx, state);
      return currentTurn(await reload());
    }
    if (isFinal(state.status) || turn.kind === "ended") return currentTurn(state);
    if (turn.kind === "act") return takeAct(state, turn);
    if (turn.kind === "begin")
      return state.status === "queued"
        ? goOn(draftOf(state), must(state.definition.steps[0], "a definition has a first step"))
        : currentTurn(state);
    const step = stepOf(state, turn.stepId);
    const known = state.known.get(step.id);
    if (turn.kind === "compute") return known === undefined ? goOn(draftOf(state), step) : currentTurn(state);
    if (known?.status !== "running") return currentTurn(state);
    return end(state, step, known, { ok: true, input: { seconds: turn.afterMs / 1_000 }, output: null });
  };

  return async (turn) => {
    const isFresh = held !== null && performance.now() - held.seenAt < FRESH_MS;
    const state = held !== null && isFresh ? held : await reload();
    try {
      return await take(state, turn);
    } catch (error) {
      // What became of the transaction is not known: the database says, next time.
      held = null;
      throw error;
    }
  };
}
