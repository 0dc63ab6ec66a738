import type { Memo, MemoError, ServerEvent } from "./protocol";

/** A run of a function as the server keeps it. */
export interface ServerRun {
  id: string;
  functionId: string;
  events: readonly ServerEvent[];
  memos: Map<string, Memo>;
  /** Ids of finished operations, in the order in which they finished. */
  stack: string[];
  /** Operations that have been asked for and have no memo yet. */
  open: Set<string>;
  status: "running" | "completed" | "failed" | "cancelled";
  /** Who waits for what it gives. */
  parent: { run: ServerRun; opId: string } | null;
}

/** A request to be made: what the function wants next (`step`), or an operation that it has planned. */
export interface ServerCall {
  run: ServerRun;
  stepId: string;
  attempt: number;
  /** Only to plan: several operations are open, so that none may be run on the way. */
  onlyPlans: boolean;
}

/** Something that happens by itself at a moment. */
export interface Timer {
  dueMs: number;
  fire: () => void;
}

/** A run that waits for an event. */
export interface Wait {
  run: ServerRun;
  opId: string;
  event: string;
  expression: string | undefined;
}

export const isMemoised = ({ memos }: ServerRun, opId: string): boolean => memos.has(opId);

/** Keeps what an operation came to; false when it was kept before, as a memo is written once. */
export function memoise(run: ServerRun, opId: string, memo: Memo): boolean {
  if (run.status !== "running" || run.memos.has(opId)) return false;
  run.memos.set(opId, memo);
  run.stack.push(opId);
  run.open.delete(opId);
  return true;
}

/** The body of a call, as the protocol has it. */
export function bodyOf({ run, stepId, attempt, onlyPlans }: ServerCall, maxAttempts: number, callId: string | null) {
  return {
    version: 2,
    event: run.events[0],
    events: run.events,
    steps: Object.fromEntries(run.memos),
    ctx: {
      // With these two the SDK goes on from step to step, and keeps each by a request of its own.
      ...(callId === null || stepId !== "step" ? {} : { fn_id: run.functionId, qi_id: callId }),
      run_id: run.id,
      attempt,
      max_attempts: maxAttempts,
      disable_immediate_execution: onlyPlans,
      use_api: false,
      stack: { stack: run.stack, current: run.stack.length },
    },
  };
}

/** The last words of a run whose function failed, as the event of its failure carries them. */
export const failureEvent = ({ id, functionId, events }: ServerRun, error: MemoError) => ({
  name: "inngest/function.failed",
  data: { function_id: functionId, run_id: id, event: events[0], error },
});
