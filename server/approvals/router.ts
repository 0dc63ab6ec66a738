import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { countApprovals, decideApproval, getApproval, listApprovals } from "./index";

export const approvalsRouter = createRouter({
  list: tenantQuery(listApprovals),
  get: tenantQuery(getApproval),
  count: tenantQuery(countApprovals),
  decide: tenantMutation(decideApproval),
});
