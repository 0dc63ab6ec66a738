export { listNotifications } from "./list-notifications";
export { markRead } from "./mark-read";
export { tellAuthors, type TellContext, tellReviewers, tellStarter } from "./tell";
