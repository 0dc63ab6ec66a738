export { runFinished, runStarted, runStopped } from "./events";
export { act } from "./execution/act";
export type { ExecutionContext } from "./execution/context";
export { beginRun, beginStep, endStep, type Execution, finishRun, type StepResult } from "./execution/progress";
export { getRun } from "./get-run";
export { listRuns, summaryDto, visibleRuns } from "./list-runs";
export { startRun } from "./start-run";
export { cancelRun, killRun } from "./stop-run";
