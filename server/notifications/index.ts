export { listNotifications } from "./list-notifications";
export { markRead } from "./mark-read";
export { tellOfBreakGlass, tellPolicyDeciders, tellPolicyProposer } from "./tell-policy";
export {
  tellApprovers,
  tellAuthors,
  type TellContext,
  tellOfDrift,
  tellRequester,
  tellReviewers,
  tellStarter,
} from "./tell";
export { tellOfBilling } from "./tell-billing";
export { tellOfFinding } from "./tell-of-finding";
export { tellOfIncident } from "./tell-of-incident";
export { tellOperators } from "./tell-operators";
export { tellOfUse } from "./tell-of-use";
export { type ReviewOccasion, tellAccessReviewers } from "./tell-access-reviewers";
