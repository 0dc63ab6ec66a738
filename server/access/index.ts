export { getAccessMatrix } from "./get-access-matrix";
export { getAccessReport } from "./get-access-report";
export { whoCan } from "./who-can";
export { whyKeyCan, whyMemberCan } from "./why-can";
