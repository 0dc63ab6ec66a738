import type { Step } from "@/server/workflows/domain/step";

type StepType = Step["type"];

/**
 * What one finished task weighs, in thousandths of the reference task (a transform). The one table that ledger, invoice
 * and calculator read.
 */
const TASK_WEIGHTS_MILLI = {
  transform: 1_000,
  branch: 500,
  wait: 250,
  http: 2_000,
  adapter: 2_000,
  notify: 1_500,
  evidence: 1_500,
  approval: 500,
  // What runs within them weighs by itself.
  parallel: 250,
  workflow: 500,
  "for-each": 500,
} as const satisfies Readonly<Record<StepType, number>>;

/** What a task's weight is multiplied by for the data it read and gave, in thousandths; the first band that holds it. */
const VOLUME_BANDS = [
  { bytesMax: 64_000, factorMilli: 1_000 },
  { bytesMax: 256_000, factorMilli: 1_250 },
  { bytesMax: 1_000_000, factorMilli: 1_500 },
  { bytesMax: Infinity, factorMilli: 2_000 },
] as const;

export const DURATION_BANDS = ["under-1s", "under-10s", "under-60s", "60s-or-more"] as const;
export type DurationBand = (typeof DURATION_BANDS)[number];

/** What the ledger holds of one finished task. */
export interface TaskUse {
  /** Thousandths of a reference task; 0 for a task that did not do what it was for. */
  weightMilli: number;
  bytes: number;
  durationBand: DurationBand;
  externalCalls: number;
}

export interface FinishedTask {
  type: StepType;
  hasSucceeded: boolean;
  /** Of input and output together, as JSON. */
  bytes: number;
  durationMs: number;
  externalCalls: number;
}

function durationBand(ms: number): DurationBand {
  if (ms < 1_000) return "under-1s";
  if (ms < 10_000) return "under-10s";
  return ms < 60_000 ? "under-60s" : "60s-or-more";
}

/** Weighs a finished task: by its type and the data it moved, nothing when it failed. */
export function useOf({ type, hasSucceeded, bytes, durationMs, externalCalls }: FinishedTask): TaskUse {
  const factor = VOLUME_BANDS.find(({ bytesMax }) => bytes <= bytesMax)?.factorMilli ?? 0;
  const weightMilli = hasSucceeded ? Math.round((TASK_WEIGHTS_MILLI[type] * factor) / 1_000) : 0;
  return { weightMilli, bytes, durationBand: durationBand(durationMs), externalCalls };
}
