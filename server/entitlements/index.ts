export { closedFor, requireFeature, standingOf } from "./gate";
export { listAddOns } from "./list-add-ons";
export { changeAddOns, overridePlan } from "./override-plan";
