export { closedFor, requireFeature, standingOf } from "./gate";
export { listAddOns } from "./list-add-ons";
export { requireSeat, seatsTaken } from "./require-seat";
export { changeAddOns, overridePlan } from "./override-plan";
