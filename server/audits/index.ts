export { askAudit } from "./ask-audit";
export { type AuditOutcome, auditNow } from "./audit-now";
export { CHECKS } from "./domain/check";
export { auditDue } from "./events";
export { getAudit, listAudits } from "./list-audits";
export { listAudited } from "./list-audited";
export { lookAgain } from "./look";
export { beginAudit, beginWeekly, endAudit, runCheck } from "./run-audit";
export { sealAudit } from "./seal-audit";
