export { type ApprovalLetter, composeApproval } from "./compose-letter";
export { decideApproval } from "./decide-approval";
export { approvalAsked, approvalEnded } from "./events";
export { getApproval } from "./get-approval";
export { listApprovals } from "./list-approvals";
export { listWaitingTenants, settleApprovals } from "./settle-approvals";
export { approvalsWaiting, countApprovals } from "./waiting-approvals";
