export { CHECKS } from "./domain/check";
export { beginAudit, endAudit, runCheck } from "./run-audit";
