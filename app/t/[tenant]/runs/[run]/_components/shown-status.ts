import { isWaitingStep } from "@/server/runs/domain/status";
import type { RunDetail } from "./run-detail";

/** What a step's status is called: of one that only waits, and of one whose result was taken over, more than the bare word. */
export function shownStatus(step: Pick<RunDetail["steps"][number], "type" | "status" | "reusedFrom">): string {
  if (step.reusedFrom !== null) return "reused";
  return isWaitingStep(step) ? "waiting" : step.status;
}

/** How a run stands, with what keeps it queued, or that all it does is wait. */
export function runStatus({ status, waitsFor, asks, steps }: RunDetail): string {
  if (waitsFor !== null) return "paused";
  if (asks.some(({ taskId }) => taskId === null)) return "gated";
  const running = steps.filter((step) => step.status === "running");
  return status === "running" && running.length > 0 && running.every(isWaitingStep) ? "waiting" : status;
}
