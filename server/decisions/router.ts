import { createRouter } from "@/server/trpc/init";
import { tenantQuery } from "@/server/trpc/procedures";
import { getDecision, listDecisions, summariseDecisions } from "./index";

export const decisionsRouter = createRouter({
  list: tenantQuery(listDecisions),
  get: tenantQuery(getDecision),
  summary: tenantQuery(summariseDecisions),
});
