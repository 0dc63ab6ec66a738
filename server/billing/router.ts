import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { endGrant, getPlan, grantPlan } from "./index";

export const billingRouter = createRouter({
  plan: tenantQuery(getPlan),
  grant: tenantMutation(grantPlan),
  endGrant: tenantMutation(endGrant),
});
