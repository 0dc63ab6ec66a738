import { readTaskId } from "@/server/runs/domain/task";
import type { RunDetail } from "./run-detail";
import { shownStatus } from "./shown-status";

/** Of a step that is taken for many items, what is told first. */
const FIRST = ["running", "waiting", "failed", "skipped", "succeeded", "reused"];

/** What the drawing says of each step of the definition: of one in a for-each, the most telling of its items. */
export function graphStatuses(steps: RunDetail["steps"]): Record<string, string> {
  const statuses: Record<string, string> = {};
  for (const step of steps) {
    const { stepId } = readTaskId(step.stepId);
    const word = shownStatus(step);
    const known = statuses[stepId];
    if (known === undefined || FIRST.indexOf(word) < FIRST.indexOf(known)) statuses[stepId] = word;
  }
  return statuses;
}
