import { durationText, elapsedMs } from "@/app/_shared/duration";
import { onlyWaits } from "@/server/runs/domain/status";
import type { RunDetail } from "./run-detail";

type Step = RunDetail["steps"][number];

/** A part of a row's time, in percent of the width. */
export interface Segment {
  /** `failed` is an attempt that failed, `wait` a pause: of a step that waits, or before the next attempt. */
  kind: "done" | "failed" | "running" | "skipped" | "wait";
  left: number;
  width: number;
  /** What it stands for, in words. */
  says: string;
  /** The attempt's number, where it failed. */
  attempt?: number;
}

export interface WaterfallRow {
  id: string;
  name: string;
  type: string;
  status: string;
  /** How long after the run's start it began. */
  began: string;
  took: string;
  segments: Segment[];
}

export interface Waterfall {
  /** Marks of the axis, in percent, each with its time since the run's start. */
  ticks: { left: number; label: string }[];
  /** From being asked for to the start; null where there is nothing to show of it. */
  queue: { width: number; took: string; isShortened: boolean } | null;
  rows: WaterfallRow[];
}

/** A queue time takes this share of the width at most: it may be days where the run took seconds. */
const QUEUE_SHARE = 0.2;
const MIN_PERCENT = 0.4;
const TICKS_MAX = 5;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Distances between two marks, in milliseconds, that people read easily. */
const DISTANCES = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 20].map((days) => days * DAY),
];

const rounded = (percent: number) => Math.round(percent * 100) / 100;

interface Scale {
  start: number;
  end: number;
  /** Percent of the width that the queue takes. */
  before: number;
}

/** Where a span of time lies; never too thin to be seen, never beyond the edge. */
function place({ start, end, before }: Scale, from: number, to: number): { left: number; width: number } {
  const perMs = (100 - before) / Math.max(1, end - start);
  const at = (moment: number) => Math.min(100, Math.max(before, before + (moment - start) * perMs));
  const left = Math.min(at(from), 100 - MIN_PERCENT);
  return { left: rounded(left), width: rounded(Math.min(100 - left, Math.max(MIN_PERCENT, at(to) - left))) };
}

const DONE: Readonly<Record<string, { kind: Segment["kind"]; word: string }>> = {
  succeeded: { kind: "done", word: "Succeeded" },
  running: { kind: "running", word: "Running" },
  skipped: { kind: "skipped", word: "Skipped" },
  failed: { kind: "failed", word: "Failed" },
};

function segmentsOf(step: Step, scale: Scale, isOpen: boolean): Segment[] {
  const segments: Segment[] = [];
  const until = step.endedAt === null ? scale.end : Date.parse(step.endedAt);
  let from = Date.parse(step.startedAt);
  const add = (to: number, segment: Omit<Segment, "left" | "width" | "says">, word: string) => {
    segments.push({ ...segment, ...place(scale, from, to), says: `${word}, ${durationText(to - from)}` });
    from = Math.max(from, to);
  };
  for (const { attempt, at, nextAt } of step.failedAttempts) {
    add(Date.parse(at), { kind: "failed", attempt }, `Attempt ${attempt} failed`);
    if (nextAt !== null) add(Date.parse(nextAt), { kind: "wait" }, "Pause before the next attempt");
  }
  if (step.failedAttempts.at(-1)?.attempt === step.attempt) {
    // Between two attempts of a run that goes on, the next one is still to come.
    if (isOpen && scale.end > until) add(scale.end, { kind: "wait" }, "Pause before the next attempt");
    return segments;
  }
  const { kind, word } = DONE[step.status] ?? { kind: "done", word: step.status };
  const isWaiting = onlyWaits(step.type) && step.status !== "skipped";
  const last = { kind: isWaiting ? ("wait" as const) : kind };
  add(until, last, isWaiting ? "Waited" : step.attempt > 1 ? `Attempt ${step.attempt}: ${word.toLowerCase()}` : word);
  return segments;
}

function tookText(step: Step, now: number): string {
  if (step.reusedFrom !== null) return "–";
  const took = durationText(elapsedMs(step.startedAt, step.endedAt, now) ?? 0);
  const failed = step.failedAttempts.length;
  return failed === 0 ? took : `${took}, ${failed === 1 ? "1 attempt" : `${failed} attempts`} failed`;
}

function ticksOf(scale: Scale): Waterfall["ticks"] {
  const length = Math.max(1, scale.end - scale.start);
  const distance = DISTANCES.find((each) => length / each <= TICKS_MAX) ?? length;
  const marks = Array.from({ length: Math.floor(length / distance) + 1 }, (_, index) => index * distance);
  return marks.map((ms) => ({
    left: rounded(scale.before + (ms / length) * (100 - scale.before)),
    label: ms === 0 ? "0" : durationText(ms),
  }));
}

/**
 * Where everything of a run lies in time, for a drawing of any width: `steps` over the whole run's time, whichever of its
 * steps they are. `now` in milliseconds, for what goes on. Results that were taken over have no time in this run.
 */
export function layoutWaterfall(run: RunDetail, steps: readonly Step[], now: number): Waterfall {
  const asked = Date.parse(run.createdAt);
  const end = run.endedAt === null ? now : Date.parse(run.endedAt);
  const start = run.startedAt === null ? end : Date.parse(run.startedAt);
  const queueMs = Math.max(0, start - asked);
  const whole = Math.max(1, end - asked);
  const share = Math.min(queueMs / whole, run.startedAt === null ? 1 : QUEUE_SHARE);
  const before = queueMs === 0 ? 0 : Math.max(MIN_PERCENT, rounded(share * 100));
  const scale = { start, end: Math.max(start, end), before };
  return {
    ticks: run.startedAt === null ? [] : ticksOf(scale),
    queue:
      queueMs === 0
        ? null
        : { width: before, took: durationText(queueMs), isShortened: queueMs / whole > share + 0.001 },
    rows: steps.map((step) => ({
      ...{ id: step.stepId, name: step.name, type: step.type },
      status: step.reusedFrom === null ? step.status : "reused",
      began: step.reusedFrom === null ? durationText(Math.max(0, Date.parse(step.startedAt) - start)) : "–",
      took: tookText(step, scale.end),
      segments: step.reusedFrom === null ? segmentsOf(step, scale, run.endedAt === null) : [],
    })),
  };
}
