export { deploymentKilled, holdLifted, holdSet } from "./events";
export { type HeldThing, holdMany, type HoldingBy, liftMany } from "./hold-many";
export { holdsOn } from "./holds-on";
export { killAllTenants, liftAllTenantsKill } from "./kill-all-tenants";
export { liftTenantKill, liftWorkflowKill, resumeClass, resumeTenant, resumeWorkflow } from "./lift-hold";
export { listHolds } from "./list-holds";
export { killTenant, killWorkflow, pauseClass, pauseTenant, pauseWorkflow } from "./set-hold";
export { listUnsettledHolds, settleHold } from "./settle-holds";
