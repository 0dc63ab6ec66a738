import { type Json } from "@/server/kernel/json";
import type { Step } from "@/server/workflows/domain/step";

/**
 * Names a step in its place of a run: by its id, in a for-each with the place of its item from 0, such as `charge[12]`. An
 * id of a step holds no bracket.
 */
export const taskIdOf = (stepId: string, index?: number): string =>
  index === undefined ? stepId : `${stepId}[${index}]`;

/** The step of a task, and the place of its item where it has one. */
export function readTaskId(taskId: string): { stepId: string; index: number | null } {
  const [, stepId = taskId, index] = /^([^[]*)\[(\d+)\]$/.exec(taskId) ?? [];
  return { stepId, index: index === undefined ? null : Number(index) };
}

/** A step whose result depends on nothing but the run, and that changes nothing else: doing it twice harms nobody. */
export const isComputed = (step: Step): boolean => step.type === "transform" || step.type === "branch";

/** How often a step may be tried again after its first attempt. */
export function retriesOf(step: Step): number {
  if (step.type === "http" || step.type === "adapter") return step.retries;
  return step.type === "notify" || step.type === "evidence" ? 3 : 0;
}

/** Pause before the attempt after the n-th failed one, in milliseconds: 2 s, 4 s, 8 s … at most 5 minutes. */
export const retryDelayMs = (failedAttempts: number): number => Math.min(2 ** failedAttempts, 300) * 1_000;

/** The id of the step that a step's output leads to; undefined where its way ends. */
export function followerOf(step: Step, output: Json): string | undefined {
  return step.type === "branch" ? ((output as { next: string | null }).next ?? undefined) : step.next;
}
