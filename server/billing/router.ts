import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  beginCheckout,
  confirmCheckout,
  endGrant,
  getCatalogue,
  getLicence,
  getPlan,
  grantPlan,
  listFeatures,
  openPortal,
  refreshPlan,
  signCatalogue,
} from "./index";

export const billingRouter = createRouter({
  plan: tenantQuery(getPlan),
  features: tenantQuery(listFeatures),
  licence: tenantQuery(getLicence),
  catalogue: tenantQuery(getCatalogue),
  signCatalogue: tenantMutation(signCatalogue),
  checkout: tenantMutation(beginCheckout),
  confirm: tenantMutation(confirmCheckout),
  portal: tenantMutation(openPortal),
  refresh: tenantMutation(refreshPlan),
  grant: tenantMutation(grantPlan),
  endGrant: tenantMutation(endGrant),
});
