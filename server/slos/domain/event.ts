import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import type { RunStatus } from "@/server/runs/domain/status";
import type { Counts } from "./counts";
import type { SloSpec } from "./slo";

/** How long an event may have been under way, and how far ahead its clock may be: what lies beyond is refused. */
export const REPLAY_DAYS = 7;
const AHEAD_MS = 60_000;

/** A run that has ended, or was due to. */
export interface RunFact {
  kind: "run";
  status: RunStatus;
  executionClass: ExecutionClass;
  /** From its first step to its end, less the time in which it only waited for people, events or a moment. */
  workedMs: number;
}

/** Something that was asked for, and how long it took; null where it has not come to pass by its deadline. */
export interface TimedFact {
  kind: "timed";
  sli: "incident-path-latency" | "compliance-path-latency";
  tookMs: number | null;
}

/** Decisions of policy that one process has taken, told together. */
export interface DecisionFact extends Counts {
  kind: "decisions";
}

export type Fact = RunFact | TimedFact | DecisionFact;

/** Something that happened once: told again under its id, it counts no second time. */
export interface SloEvent {
  id: string;
  at: Date;
  fact: Fact;
}

function thresholdOf({ thresholdMs }: SloSpec, executionClass: ExecutionClass): number {
  if (thresholdMs === null) return Infinity;
  return typeof thresholdMs === "number" ? thresholdMs : (thresholdMs[executionClass] ?? Infinity);
}

const one = (isGood: boolean): Counts => ({ good: isGood ? 1 : 0, total: 1 });

function runCounts(slo: SloSpec, { status, executionClass, workedMs }: RunFact): Counts | null {
  // What people stop says nothing about the product, on either side.
  if (status === "cancelled" || status === "killed") return null;
  if (slo.sli === "workflow-success") return one(status === "succeeded");
  return one(status === "succeeded" && workedMs <= thresholdOf(slo, executionClass));
}

/** What an event adds to an objective; null where it says nothing about it. Decided here, once, and never again. */
export function countsFor(slo: SloSpec, fact: Fact): Counts | null {
  if (fact.kind === "run")
    return slo.sli === "workflow-success" || slo.sli === "workflow-latency" ? runCounts(slo, fact) : null;
  if (fact.kind === "decisions")
    return slo.sli === "policy-decision-latency" ? { good: fact.good, total: fact.total } : null;
  return fact.sli === slo.sli ? one(fact.tookMs !== null && fact.tookMs <= thresholdOf(slo, "standard")) : null;
}

/** Why an event is not counted; null where it is. */
export function whyRefused({ at }: Pick<SloEvent, "at">, now: Date): "backdated" | "future" | null {
  const age = now.getTime() - at.getTime();
  if (Number.isNaN(age) || age > REPLAY_DAYS * 86_400_000) return "backdated";
  return age < -AHEAD_MS ? "future" : null;
}

const MINUTE_MS = 60_000;

/** The close of the minute that holds a moment: minutes are named by their end, so that one that is closed lies in the past. */
export const minuteOf = (at: Date): Date => new Date((Math.floor(at.getTime() / MINUTE_MS) + 1) * MINUTE_MS);
