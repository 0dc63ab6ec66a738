export { applyGrant } from "./apply-grant";
export { planGranted } from "./events";
export { getPlan } from "./get-plan";
export { endGrant, grantPlan } from "./grant-plan";
