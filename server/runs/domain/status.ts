export const RUN_STATUSES = ["queued", "running", "succeeded", "failed", "cancelled", "killed"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const STEP_STATUSES = ["running", "succeeded", "failed", "skipped"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** Steps in which nothing is done but waiting: for a moment, an event, or people. */
export const WAITING_TYPES = ["wait", "approval"] as const;

/** True for a type of step in which nothing is done but waiting. */
export const onlyWaits = (type: string): boolean => WAITING_TYPES.some((each) => each === type);

/** True for a step that has begun and only waits. */
export const isWaitingStep = ({ type, status }: { type: string; status: StepStatus }): boolean =>
  status === "running" && onlyWaits(type);

/** True once a run can change no more. */
export function isFinal(status: RunStatus): boolean {
  return status !== "queued" && status !== "running";
}
