import { must } from "@/server/kernel/errors";
import { inSpan } from "@/server/platform/trace";
import type { Step } from "@/server/workflows/domain/step";
import { retriesOf, retryDelayMs } from "../domain/task";
import { act } from "./act";
import { type Carrying, fail, restUntil, settle, type Stand, STOPPED, type Strand } from "./carrying";
import { Overtaken, type Task } from "./journal";
import { type KnownTask, loadState } from "./run-state";

/** A step may act on a status that was seen this long ago; later, as after a process was frozen, it asks again. */
const FRESH_MS = 250;

/** When a failed attempt may be followed by the next (Unix time); null where it was the last. */
function nextAttemptAt(step: Step, { attempt, failedAttempts }: KnownTask): number | null {
  const failed = failedAttempts.at(-1);
  if (failed === undefined || failed.isFinal === true || attempt > retriesOf(step)) return null;
  return Date.parse(failed.at) + retryDelayMs(attempt);
}

/** Asks the database whether an attempt still is this process's to perform, where that was last seen too long ago. */
async function expectFresh({ ctx, state }: Carrying, task: Task, begun: KnownTask): Promise<void> {
  if (performance.now() - state.seenAt < FRESH_MS) return;
  const found = await loadState(ctx, state.runId);
  if (found.isKillOn) throw new Overtaken("killed");
  const known = found.known.get(task.id);
  if (known?.status !== "running" || known.attempt !== begun.attempt) throw new Overtaken("late");
  state.seenAt = found.seenAt;
}

/** One attempt of a task whose begin is committed. */
async function attempt(run: Carrying, strand: Strand, task: Task, begun: KnownTask): Promise<Stand | null> {
  const { ctx, state } = run;
  const attributes = { "conductor.tenant_id": ctx.tenantId, "conductor.run_id": state.runId, attempt: begun.attempt };
  // The same key for every attempt, across crashes: the target can tell a repeat by it.
  const idempotencyKey = `${state.runId}:${task.id}`;
  const { secrets } = state;
  const result = await inSpan(`step ${task.step.type}`, { attributes, parent: ctx.trace }, () =>
    act(ctx, { step: task.step, scope: strand.scope, idempotencyKey, secrets }),
  );
  return settle(run, strand, task, begun, result);
}

/** Performs a step that reaches outside, again after a pause for as long as it may be tried. */
export async function performTask(run: Carrying, strand: Strand, task: Task): Promise<Stand> {
  const { state, journal, now } = run;
  for (;;) {
    let begun = state.known.get(task.id);
    if (begun?.status === "failed") {
      const at = nextAttemptAt(task.step, begun);
      if (at === null) return fail(run, strand, task, must(begun.failure, "a failed task says why"));
      if (!(await restUntil(run, at))) return { is: "resting", untilMs: at };
    }
    if (run.isOver()) return STOPPED;
    if (begun?.status !== "running") begun = journal.begin(task, { at: now(), before: begun });
    await journal.flush();
    // Another way may have ended the run by the same commit.
    if (journal.hasEnd()) return STOPPED;
    await expectFresh(run, task, begun);
    const stand = await attempt(run, strand, task, begun);
    if (stand !== null) return stand;
    await journal.flush();
  }
}
