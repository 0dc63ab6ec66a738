import { HIGHEST, type Usage } from "./usage";

/**
 * What a ledger counted as runs of so many tasks each: whole ones, with the weight that brings them back to what was counted.
 * Null where no run was.
 */
export function shapeOf(used: {
  runs: number;
  tasks: number;
  weightMilli: number;
}): Pick<Usage, "runs" | "tasksPerRun" | "weightMilli"> | null {
  if (used.runs === 0) return null;
  const runs = Math.min(used.runs, HIGHEST.runs);
  const tasksPerRun = Math.min(HIGHEST.tasksPerRun, Math.max(1, Math.round(used.tasks / used.runs)));
  const weightMilli = Math.min(HIGHEST.weightMilli, Math.round(used.weightMilli / (runs * tasksPerRun)));
  return { runs, tasksPerRun, weightMilli };
}
