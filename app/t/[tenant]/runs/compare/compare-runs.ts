import type { RunDetail } from "../[run]/_components/run-detail";
import { durationText, elapsedMs } from "@/app/_shared/duration";

type Step = RunDetail["steps"][number];

/** A step in one of the runs. */
interface Side {
  status: string;
  /** Milliseconds; null for one that goes on, or whose result was taken over. */
  tookMs: number | null;
  attempts: number;
  output: unknown;
}

export interface ComparedStep {
  stepId: string;
  name: string;
  /** Null where the run did not come to it. */
  left: Side | null;
  right: Side | null;
  /** The right one's time less the left one's, in words; null where one has none. */
  difference: string | null;
  isOutputSame: boolean;
}

const tookOf = (step: Step): number | null =>
  step.endedAt === null || step.reusedFrom !== null ? null : elapsedMs(step.startedAt, step.endedAt, 0);

const sideOf = (step: Step | undefined): Side | null =>
  step === undefined
    ? null
    : {
        status: step.reusedFrom === null ? step.status : "reused",
        tookMs: tookOf(step),
        attempts: step.attempt,
        output: step.output,
      };

/** How much longer or shorter, in words: `+1.2 s`, `−300 ms`, `the same`. */
export function differenceText(left: number | null, right: number | null): string | null {
  if (left === null || right === null) return null;
  if (left === right) return "the same";
  return `${right > left ? "+" : "−"}${durationText(Math.abs(right - left))}`;
}

/** Two runs step by step, in the order of the left one; what only the right one came to stands after its step before. */
export function compareSteps(left: readonly Step[], right: readonly Step[]): ComparedStep[] {
  const ids = left.map(({ stepId }) => stepId);
  const known = new Set(ids);
  right.forEach(({ stepId }, index) => {
    if (known.has(stepId)) return;
    const before = right[index - 1]?.stepId;
    ids.splice(before === undefined ? 0 : ids.indexOf(before) + 1, 0, stepId);
    known.add(stepId);
  });
  const [lefts, rights] = [left, right].map((steps) => new Map(steps.map((step) => [step.stepId, step]))) as [
    Map<string, Step>,
    Map<string, Step>,
  ];
  return ids.map((stepId) => {
    const [a, b] = [lefts.get(stepId), rights.get(stepId)];
    const [leftSide, rightSide] = [sideOf(a), sideOf(b)];
    return {
      ...{ stepId, name: b?.name ?? a?.name ?? stepId, left: leftSide, right: rightSide },
      difference: differenceText(leftSide?.tookMs ?? null, rightSide?.tookMs ?? null),
      isOutputSame: JSON.stringify(leftSide?.output) === JSON.stringify(rightSide?.output),
    };
  });
}
