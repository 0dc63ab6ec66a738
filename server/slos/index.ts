export { countOverdue } from "./count-overdue";
export { countRuns } from "./count-runs";
export { countTimed } from "./count-timed";
export { sloBreached, sloRecovered } from "./events";
export { forgetPasses, forgetSloEvents } from "./forget-events";
export { judgeSlos } from "./judge-slos";
export { decisionTeller } from "./tell-decisions";
