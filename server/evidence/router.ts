import { createRouter } from "@/server/trpc/init";
import { tenantQuery } from "@/server/trpc/procedures";
import { countCollected, getCollected, listCollected } from "./index";

export const evidenceRouter = createRouter({
  list: tenantQuery(listCollected),
  count: tenantQuery(countCollected),
  get: tenantQuery(getCollected),
});
