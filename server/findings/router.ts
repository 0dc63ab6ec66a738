import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { acceptFinding, assignFinding, getFinding, listFindings, markReady, retestFinding } from "./index";

export const findingsRouter = createRouter({
  list: tenantQuery(listFindings),
  get: tenantQuery(getFinding),
  assign: tenantMutation(assignFinding),
  ready: tenantMutation(markReady),
  retest: tenantMutation(retestFinding),
  accept: tenantMutation(acceptFinding),
});
