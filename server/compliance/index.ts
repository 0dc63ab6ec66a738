export { controlStatuses } from "./control-statuses";
export { askControls, getControl, listControls } from "./controls";
export { endException } from "./end-exception";
export { controlsDue } from "./events";
export { beginDaily, probeControls, type ProbingContext, runProbe } from "./probe-controls";
export { getSellSheet } from "./get-sell-sheet";
export { listOccurrences } from "./list-occurrences";
export { recordException } from "./record-exception";
export { sellSheetMarkdown, sellSheetPdf } from "./sell-sheet";
