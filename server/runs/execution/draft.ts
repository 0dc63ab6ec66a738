import type { Json } from "@/server/kernel/json";
import type { Step } from "@/server/workflows/domain/definition";
import { retriesOf } from "../domain/turn";
import type { StepResult } from "./act";
import type { RunOutcome, StepWrite } from "./commit-progress";
import { following, type KnownStep, type RunState, weigh } from "./run-state";

/**
 * The most that the outputs of a run may weigh together as JSON, in bytes: all of them are in memory while it runs, and
 * each later step may read them.
 */
export const MAX_OUTPUT_BYTES = 16_000_000;

/** What one transaction is to write, as it comes together; the state it starts from stays as the database has it. */
export interface Draft {
  readonly state: RunState;
  writes: StepWrite[];
  /** Of `writes`, those that are over for good. */
  finished: StepWrite[];
  outputs: Record<string, { output: Json }>;
  bytes: number;
  outcome: RunOutcome | null;
}

export const draftOf = (state: RunState): Draft => ({
  ...{ state, writes: [], finished: [], outputs: { ...state.outputs }, bytes: state.bytes, outcome: null },
});

const NOTHING_YET = { endedAt: null, input: null, output: null, failure: null, externalCalls: 0 } as const;

/** A step's first attempt, at the next place of its run. */
export function firstAttempt({ state, writes }: Draft, step: Step, startedAt: Date): KnownStep {
  const added = writes.filter((write) => !state.known.has(write.step.id)).length;
  const position = state.known.size + added + 1;
  return { stepId: step.id, position, status: "running", attempt: 1, startedAt, failedAttempts: [] };
}

/** Adds that an attempt of a step has begun. */
export function addBegin(draft: Draft, step: Step, { position, attempt, startedAt, failedAttempts }: KnownStep): void {
  draft.writes.push({ step, position, attempt, startedAt, failedAttempts, status: "running", ...NOTHING_YET });
}

/** Adds how an attempt ended. */
export function addEnd(draft: Draft, step: Step, begun: KnownStep, result: StepResult, endedAt: Date): void {
  const { position, attempt, startedAt, failedAttempts } = begun;
  const failure = result.ok ? null : result.failure;
  const failed = failure === null ? [] : [{ attempt, ...failure, at: endedAt.toISOString() }];
  const write: StepWrite = {
    ...{ step, position, attempt, startedAt, endedAt, failure, input: result.input },
    status: result.ok ? "succeeded" : "failed",
    output: result.ok ? result.output : null,
    failedAttempts: [...failedAttempts, ...failed],
    externalCalls: step.type === "http" || step.type === "notify" ? attempt : 0,
  };
  draft.writes.push(write);
  if (result.ok || !result.isRetriable || attempt > retriesOf(step)) draft.finished.push(write);
  if (!result.ok) return;
  draft.outputs[step.id] = { output: result.output };
  draft.bytes += weigh(result.output);
}

const failed = (step: Step, code: string, message: string): RunOutcome => ({
  status: "failed",
  failure: { code, message: `Step ${step.id}: ${message}` },
});

/** How the run ends with a step that is over for good; null where another follows. */
function outcomeAfter({ bytes }: Draft, step: Step, result: StepResult, hasNext: boolean): RunOutcome | null {
  if (!result.ok) return failed(step, result.failure.code, result.failure.message);
  if (bytes > MAX_OUTPUT_BYTES)
    return failed(step, "run-too-large", `the outputs of this run weigh more than ${MAX_OUTPUT_BYTES} bytes together.`);
  return hasNext ? null : { status: "succeeded", output: result.output };
}

/** The step that follows one that is over for good; undefined, with the outcome set, where the run ends with it. */
export function stepAfter(draft: Draft, step: Step, result: StepResult): Step | undefined {
  const next = result.ok ? following(draft.state, step, result.output) : undefined;
  draft.outcome = outcomeAfter(draft, step, result, next !== undefined);
  return draft.outcome === null ? next : undefined;
}
