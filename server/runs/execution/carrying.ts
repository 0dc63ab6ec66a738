import type { Failure } from "@/db/schema";
import type { Json } from "@/server/kernel/json";
import { must } from "@/server/kernel/errors";
import type { Asker } from "@/server/platform/expression-sandbox";
import type { Step } from "@/server/workflows/domain/step";
import type { TemplateScope } from "@/server/workflows/domain/template";
import { taskIdOf } from "../domain/task";
import type { StepResult } from "./act";
import type { ExecutionContext } from "./context";
import type { Journal, Task } from "./journal";
import { MAX_OUTPUT_BYTES } from "../domain/limits";
import type { Rests } from "./rests";
import type { KnownTask, RunState } from "./run-state";

/** What a process needs to carry a run on. */
export interface Carrying {
  ctx: ExecutionContext;
  state: RunState;
  journal: Journal;
  rests: Rests;
  /** The run's own time: the database's clock. */
  now: () => Date;
  /** True when nothing further should begin: the run has its end, or the turn has taken its time. */
  isOver: () => boolean;
  /** Whose expressions are computed, and until when. */
  asker: Asker;
}

/** One way through the steps, as far as it is carried on. */
export interface Strand {
  /** What its steps may read: what came before it, and what it has passed. */
  readonly scope: TemplateScope & { steps: Record<string, { output: Json }> };
  /** A failure on it is told of among the results of a for-each, and does not end the run. */
  readonly isKept: boolean;
  /** The tasks that it runs within, outermost first. */
  readonly within: readonly Task[];
}

/**
 * How a strand was left: through, failed where that is kept, at rest until a moment (Unix time; Infinity: for as long as it
 * takes) or until something that it awaits is delivered, or stopped on its way.
 */
export type Stand =
  | { is: "done"; output: Json }
  | { is: "failed"; failure: Failure }
  | { is: "resting"; untilMs: number; isAwaiting?: boolean }
  | { is: "stopped" };

export const STOPPED: Stand = { is: "stopped" };

export const taskOf = ({ scope }: Strand, step: Step): Task => ({ id: taskIdOf(step.id, scope.index), step });

/** What a step comes to that fails by itself, and would again. */
export const refused = (code: string, message: string, input: Json = null): StepResult => ({
  ...{ ok: false, input, failure: { code, message }, isRetriable: false },
});

/** Ends the run with a task, and with it those that it runs within. */
function endWith({ state, journal, now }: Carrying, { within }: Strand, failure: Failure): Stand {
  if (journal.hasEnd()) return STOPPED;
  for (const outer of within) {
    const begun = must(state.known.get(outer.id), "what runs within a task has it begun");
    journal.end(outer, begun, { result: refused(failure.code, failure.message, begun.input), at: now() });
  }
  journal.finish({ status: "failed", failure });
  // Other ways may still wait for an answer; the end does not wait for them. What becomes of it the next flush says.
  journal.flush().catch(() => undefined);
  return STOPPED;
}

/** A task that has failed for good is the end of the run, unless that is kept. */
export function fail(run: Carrying, strand: Strand, task: Task, { code, message }: Failure): Stand {
  const failure = { code, message: `Step ${task.id}: ${message}` };
  return strand.isKept ? { is: "failed", failure } : endWith(run, strand, failure);
}

/** Ends the run where its outputs have grown too large, with the task that made them so. */
export function endTooLarge(run: Carrying, strand: Strand, task: Task): boolean {
  if (run.state.bytes <= MAX_OUTPUT_BYTES) return false;
  const message = `Step ${task.id}: the outputs of this run weigh more than ${MAX_OUTPUT_BYTES} bytes together.`;
  endWith(run, strand, { code: "run-too-large", message });
  return true;
}

/** Takes note of how a task ended, and gives what that makes of its strand; null where it is to be tried again. */
export function settle(run: Carrying, strand: Strand, task: Task, begun: KnownTask, result: StepResult): Stand | null {
  const { isKept } = strand;
  const isOver = run.journal.end(task, begun, { result, at: run.now(), isKept });
  if (!result.ok) return isOver ? fail(run, strand, task, result.failure) : null;
  return endTooLarge(run, strand, task) ? STOPPED : { is: "done", output: result.output };
}

/** Rests until a moment of the run's time. True when it has come, false when the run is let go of. */
export async function restUntil({ now, rests }: Carrying, untilMs: number): Promise<boolean> {
  const leftMs = untilMs - now().getTime();
  return leftMs <= 0 || rests.until(performance.now() + leftMs);
}
