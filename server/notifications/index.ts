export { listNotifications } from "./list-notifications";
export { markRead } from "./mark-read";
export { tellApprovers, tellAuthors, type TellContext, tellRequester, tellReviewers, tellStarter } from "./tell";
export { tellOfBreakGlass, tellPolicyDeciders, tellPolicyProposer } from "./tell-policy";
