import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { decideApproval, getApproval, listApprovals } from "./index";

export const approvalsRouter = createRouter({
  list: tenantQuery(listApprovals),
  get: tenantQuery(getApproval),
  decide: tenantMutation(decideApproval),
});
