import type { Json } from "@/server/kernel/json";
import { readWhen, type When } from "./durations";
import { type Answer, DISCOVER, type Memo, type Op, type WireError } from "./protocol";

/** A finished operation. */
export interface Finished {
  opId: string;
  op: string;
  name: string;
  memo: Memo;
}

/** An operation that begins and ends later. */
export type Opened = { opId: string; name: string; isRace: boolean } & (
  | { op: "StepPlanned" }
  | { op: "Sleep"; until: When }
  | { op: "WaitForEvent"; event: string; expression: string | null; until: When }
  | { op: "InvokeFunction"; functionId: string; data: Json; until: When | null }
);

export interface Progress {
  kind: "progress";
  finished: Finished[];
  opened: Opened[];
  /** The call is to be made again, after as long as its error asked for. */
  shouldRetry: boolean;
  retryAfter: string | null;
  /** What the function returned, when this is also its end. */
  returned: { result: Json } | null;
}

/** What one answer does to its run. */
export type Decision =
  | { kind: "finish"; status: "completed"; result: Json }
  | { kind: "finish"; status: "failed"; error: WireError }
  | Progress
  | { kind: "retry"; retryAfter: string | null };

export interface CallFacts {
  /** `step`, or the operation the call was for. */
  stepId: string;
  /** Counted from 0. */
  attempt: number;
  maxAttempts: number;
  crashes: number;
}

/** Times a call may die with its process before what it ran counts as failed. */
export const MOST_CRASHES = 5;

const WORKER_DIED: WireError = { name: "Error", message: "worker died" };

/** What people may read of an operation; a text column does not hold every character. */
const nameOf = (op: Op) => (op.displayName ?? op.id).toWellFormed().replaceAll("\u0000", "");

const isRace = (op: Op) => op.opts?.parallelMode === "race";

function open(op: Op): Opened | null {
  const shared = { opId: op.id, name: nameOf(op), isRace: isRace(op) };
  switch (op.op) {
    case "StepPlanned":
      return { ...shared, op: op.op };
    case "Sleep":
      return { ...shared, op: op.op, until: readWhen(op.name) };
    case "WaitForEvent":
      return {
        ...{ ...shared, op: op.op, event: op.name },
        ...{ expression: op.opts.if ?? null, until: readWhen(op.opts.timeout) },
      };
    case "InvokeFunction": {
      const { function_id: functionId, payload, timeout } = op.opts;
      const until = timeout === undefined ? null : readWhen(timeout);
      return { ...shared, op: op.op, functionId, data: payload.data ?? {}, until };
    }
    default:
      return null;
  }
}

function decideOps(call: CallFacts, ops: readonly Op[], retryAfter: string | null): Decision {
  const finished: Finished[] = [];
  const opened: Opened[] = [];
  let shouldRetry = false;
  let returned: Progress["returned"] = null;
  const finish = (op: Op, memo: Memo) => finished.push({ opId: op.id, op: op.op, name: nameOf(op), memo });
  for (const op of ops) {
    if (op.op === "StepRun") finish(op, { type: "data", data: op.data ?? null });
    else if (op.op === "StepFailed") finish(op, { type: "error", error: op.error });
    else if (op.op === "StepError") {
      // The SDK calls the last attempt's error a StepFailed; this holds when its count and ours differ.
      if (call.attempt + 1 >= call.maxAttempts) finish(op, { type: "error", error: op.error });
      else shouldRetry = true;
    } else if (op.op === "RunComplete") returned = { result: op.data ?? null };
    else {
      const next = open(op);
      if (next !== null) opened.push(next);
    }
  }
  return { kind: "progress", finished, opened, retryAfter, shouldRetry, returned };
}

/** Says what an answer does to its run. */
export function decide(call: CallFacts, answer: Answer): Decision {
  switch (answer.kind) {
    case "returned":
      return { kind: "finish", status: "completed", result: answer.data };
    case "ops":
      return decideOps(call, answer.ops, answer.retryAfter);
    case "threw":
      if (answer.isRetriable && call.attempt + 1 < call.maxAttempts)
        return { kind: "retry", retryAfter: answer.retryAfter };
      return { kind: "finish", status: "failed", error: answer.error };
    case "unsupported": {
      const message = `The embedded executor cannot do this: ${answer.what}`;
      return { kind: "finish", status: "failed", error: { name: "UnsupportedOperationError", message } };
    }
  }
}

/**
 * Says what becomes of a call whose process died too often; null while it may be tried again. The operation it was for
 * fails, where the function may catch it; a call that was for none fails its run.
 */
export function decideAfterCrashes(call: CallFacts): Decision | null {
  if (call.crashes <= MOST_CRASHES) return null;
  if (call.stepId === DISCOVER) return { kind: "finish", status: "failed", error: WORKER_DIED };
  const memo: Memo = { type: "error", error: WORKER_DIED };
  const finished = [{ opId: call.stepId, op: "StepFailed", name: call.stepId, memo }];
  return { kind: "progress", finished, opened: [], retryAfter: null, shouldRetry: false, returned: null };
}
