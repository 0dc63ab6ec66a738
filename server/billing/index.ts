export { answerWebhook } from "./answer-webhook";
export { applyGrant } from "./apply-grant";
export { customerTouched, planChanged, planGranted } from "./events";
export { getPlan } from "./get-plan";
export { endGrant, grantPlan } from "./grant-plan";
export { findSeller, sellerWith } from "./seller";
export { syncCustomer } from "./sync-customer";
