export const RUN_STATUSES = ["queued", "running", "succeeded", "failed", "cancelled", "killed"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const STEP_STATUSES = ["running", "succeeded", "failed", "skipped"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** True once a run can change no more. */
export function isFinal(status: RunStatus): boolean {
  return status !== "queued" && status !== "running";
}
