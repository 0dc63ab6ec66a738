import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { getTrustPage, publishTrustPage, withdrawTrustPage } from "./index";

export const trustPagesRouter = createRouter({
  get: tenantQuery(getTrustPage),
  publish: tenantMutation(publishTrustPage),
  withdraw: tenantMutation(withdrawTrustPage),
});
