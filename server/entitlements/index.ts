export { flagsBy, flagsStanding, flagStoreOf, followFlags } from "./flags";
export { closedFor, requireFeature, requireRuns, type Standing, standingOf, whyClosed } from "./gate";
export { installedLicence, LicenceError, readLicence } from "./installed-licence";
export { listAddOns } from "./list-add-ons";
export { loadBought } from "./load-projection";
export { requireSeat, seatsTaken } from "./require-seat";
export { requireTenantPlace } from "./require-tenant";
export { changeAddOns, grantFault, overridePlan } from "./override-plan";
export { type BoughtChanged, writeBought } from "./write-bought";
