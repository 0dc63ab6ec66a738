import type { Json } from "@/server/kernel/json";
import { whenBack } from "@/server/platform/when-back";
import type { Step } from "@/server/workflows/domain/step";
import { retriesOf } from "../domain/task";
import type { StepResult } from "./act";
import { commitProgress, type RunOutcome, type StepWrite } from "./commit-progress";
import type { ExecutionContext } from "./context";
import { type KnownTask, type RunState, weigh } from "./run-state";

/** A step in its place of the run. */
export interface Task {
  id: string;
  step: Step;
}

/** What was computed is committed together, but no longer than this and no more than that at a time. */
const KEPT_MS = 50;
const KEPT_TASKS = 100;

/**
 * A result that cannot be committed would be fetched again, so it waits for the database this long, about as long as a
 * call may stay with this process. A commit whose answer got lost does not fit the second time.
 */
const AWAY_MS = 8_000;

/** What was to be written does not fit: the run was stopped, killed, or moved on by somebody else. */
export class Overtaken extends Error {
  constructor(readonly by: "late" | "killed") {
    super(`The run was ${by === "late" ? "moved on meanwhile" : "killed"}.`);
    this.name = "Overtaken";
  }
}

/** What a run comes to, kept in order and committed together: several that ask at once share one transaction. */
export interface Journal {
  /** Adds that an attempt of a task has begun, and gives it as it is known from here on. */
  begin(task: Task, from: { at: Date; before?: KnownTask | undefined; input?: Json }): KnownTask;
  /** Adds how an attempt ended; true when the task is over for good. `isKept`: its failure does not end the run. */
  end(task: Task, begun: KnownTask, ended: { result: StepResult; at: Date; isKept?: boolean }): boolean;
  /** Ends the run; the first end counts. */
  finish(outcome: RunOutcome): void;
  /** True once the run has an end, or what was added could not be committed: nothing further may begin. */
  hasEnd(): boolean;
  /** True when enough was added to be committed, however little is left to compute. */
  isFull(): boolean;
  /** Resolves when all that was added is committed. Rejects with Overtaken when it does not fit. */
  flush(): Promise<void>;
}

const NOTHING_YET = { endedAt: null, output: null, failure: null, externalCalls: 0 } as const;

const CALLS: ReadonlySet<Step["type"]> = new Set(["http", "notify", "adapter"]);
const callsOf = ({ type }: Step, attempt: number) => (CALLS.has(type) ? attempt : 0);

/** Keeps what one process adds to a run. Its state is kept up to date with what was added, committed or not. */
export function keepJournal(ctx: ExecutionContext, state: RunState): Journal {
  let writes = new Map<string, StepWrite>();
  let finished = new Map<string, StepWrite>();
  let since = 0;
  let outcome: RunOutcome | null = null;
  let [isSealed, isLost] = [false, false];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  const send = async (): Promise<void> => {
    next = null;
    if (isSealed || (writes.size === 0 && outcome === null)) return;
    const from = state.status === "queued" ? "queued" : "running";
    const leavesOpen = outcome !== null && [...state.known.values()].some(({ status }) => status === "running");
    const made = { from, writes: [...writes.values()], finished: [...finished.values()], outcome, leavesOpen } as const;
    [writes, finished] = [new Map<string, StepWrite>(), new Map<string, StepWrite>()];
    isSealed = outcome !== null;
    let seenAt = 0;
    const said = await whenBack(() => {
      seenAt = performance.now();
      return commitProgress(ctx, state, made);
    }, AWAY_MS);
    if (said !== "written") throw new Overtaken(said);
    Object.assign(state, { status: made.outcome?.status ?? "running", seenAt });
  };

  const add = ({ id, step }: Task, known: KnownTask, rest: Pick<StepWrite, "endedAt" | "externalCalls">): StepWrite => {
    if (writes.size === 0) since = performance.now();
    const write: StepWrite = { taskId: id, step, ...known, ...rest };
    state.known.set(id, known);
    writes.set(id, write);
    return write;
  };

  return {
    begin(task, { at, before, input = null }) {
      const known: KnownTask = {
        ...{ status: "running", input, output: null, failure: null },
        attempt: (before?.attempt ?? 0) + 1,
        position: before?.position ?? state.known.size + 1,
        startedAt: before?.startedAt ?? at,
        failedAttempts: before?.failedAttempts ?? [],
      };
      add(task, known, NOTHING_YET);
      return known;
    },
    end(task, begun, { result, at, isKept = false }) {
      const { attempt } = begun;
      const isOver = result.ok || !result.isRetriable || attempt > retriesOf(task.step);
      const failure = result.ok ? null : result.failure;
      const isFinal = isKept && isOver ? ({ isFinal: true } as const) : {};
      const told = failure === null ? [] : [{ attempt, ...failure, at: at.toISOString(), ...isFinal }];
      const write = add(
        task,
        {
          ...begun,
          ...{ status: result.ok ? "succeeded" : "failed", input: result.input, failure },
          output: result.ok ? result.output : null,
          failedAttempts: [...begun.failedAttempts, ...told],
        },
        { endedAt: at, externalCalls: callsOf(task.step, attempt) },
      );
      if (isOver) finished.set(task.id, write);
      if (!result.ok) return isOver;
      state.bytes += weigh(result.output);
      return true;
    },
    finish(ended) {
      outcome ??= ended;
    },
    hasEnd: () => outcome !== null || isLost,
    isFull: () => writes.size >= KEPT_TASKS || (writes.size > 0 && performance.now() - since >= KEPT_MS),
    flush() {
      // What is asked for while a commit is under way goes with the one after it, all together; after one that did not
      // fit none does.
      next ??= last = last.then(send).catch((error: unknown) => {
        isLost = true;
        throw error;
      });
      return next;
    },
  };
}
