import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { askAudit, getAudit, listAudits } from "./index";

export const auditsRouter = createRouter({
  ask: tenantMutation(askAudit),
  list: tenantQuery(listAudits),
  get: tenantQuery(getAudit),
});
