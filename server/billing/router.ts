import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  beginCheckout,
  confirmCheckout,
  endGrant,
  getPlan,
  grantPlan,
  listFeatures,
  openPortal,
  refreshPlan,
} from "./index";

export const billingRouter = createRouter({
  plan: tenantQuery(getPlan),
  features: tenantQuery(listFeatures),
  checkout: tenantMutation(beginCheckout),
  confirm: tenantMutation(confirmCheckout),
  portal: tenantMutation(openPortal),
  refresh: tenantMutation(refreshPlan),
  grant: tenantMutation(grantPlan),
  endGrant: tenantMutation(endGrant),
});
