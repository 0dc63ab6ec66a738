export { changeAddOns, listAddOns } from "./change-add-ons";
export { featuresOfTenant, requireFeature } from "./features";
