import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { beginCheckout, confirmCheckout, endGrant, getPlan, grantPlan, openPortal, refreshPlan } from "./index";

export const billingRouter = createRouter({
  plan: tenantQuery(getPlan),
  checkout: tenantMutation(beginCheckout),
  confirm: tenantMutation(confirmCheckout),
  portal: tenantMutation(openPortal),
  refresh: tenantMutation(refreshPlan),
  grant: tenantMutation(grantPlan),
  endGrant: tenantMutation(endGrant),
});
