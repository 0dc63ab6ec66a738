export { controlStatuses } from "./control-statuses";
export { askControls, getControl, listControls } from "./controls";
export { controlsDue } from "./events";
export { beginDaily, probeControls, type ProbingContext, runProbe } from "./probe-controls";
