import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  beginCheckout,
  cancelPlan,
  changePlan,
  confirmCheckout,
  endGrant,
  getPayment,
  getPlan,
  grantPlan,
  listFeatures,
  listInvoices,
  openPortal,
  previewChange,
  refreshPlan,
  resumePlan,
  undoChange,
} from "./index";

export const billingRouter = createRouter({
  plan: tenantQuery(getPlan),
  features: tenantQuery(listFeatures),
  checkout: tenantMutation(beginCheckout),
  confirm: tenantMutation(confirmCheckout),
  payment: tenantQuery(getPayment),
  invoices: tenantQuery(listInvoices),
  previewChange: tenantQuery(previewChange),
  change: tenantMutation(changePlan),
  undoChange: tenantMutation(undoChange),
  cancel: tenantMutation(cancelPlan),
  resume: tenantMutation(resumePlan),
  portal: tenantMutation(openPortal),
  refresh: tenantMutation(refreshPlan),
  grant: tenantMutation(grantPlan),
  endGrant: tenantMutation(endGrant),
});
