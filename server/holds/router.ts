import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  killAllTenants,
  killTenant,
  killWorkflow,
  liftAllTenantsKill,
  liftTenantKill,
  liftWorkflowKill,
  listHolds,
  pauseClass,
  pauseTenant,
  pauseWorkflow,
  resumeClass,
  resumeTenant,
  resumeWorkflow,
} from "./index";

export const holdsRouter = createRouter({
  list: tenantQuery(listHolds),
  killWorkflow: tenantMutation(killWorkflow),
  killTenant: tenantMutation(killTenant),
  killAllTenants: tenantMutation(killAllTenants),
  liftWorkflowKill: tenantMutation(liftWorkflowKill),
  liftTenantKill: tenantMutation(liftTenantKill),
  liftAllTenantsKill: tenantMutation(liftAllTenantsKill),
  pauseWorkflow: tenantMutation(pauseWorkflow),
  pauseTenant: tenantMutation(pauseTenant),
  resumeWorkflow: tenantMutation(resumeWorkflow),
  resumeTenant: tenantMutation(resumeTenant),
  pauseClass: tenantMutation(pauseClass),
  resumeClass: tenantMutation(resumeClass),
});
