import type { RunDetail } from "./run-detail";

/** What a step is called in its run; its id where the run did not come to it. */
export const stepName = (run: Pick<RunDetail, "steps">, stepId: string | null) =>
  run.steps.find((step) => step.stepId === stepId)?.name ?? stepId ?? "";
