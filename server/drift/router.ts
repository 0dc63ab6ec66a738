import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { assignRemediation, getDriftStatus, getRemediation, listRemediations } from "./index";

export const driftRouter = createRouter({
  status: tenantQuery(getDriftStatus),
  list: tenantQuery(listRemediations),
  get: tenantQuery(getRemediation),
  assign: tenantMutation(assignRemediation),
});
