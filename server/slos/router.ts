import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { getSloHistory, listBadRuns, listSlos, previewSlo, resetSlo, setSlo } from "./index";

export const slosRouter = createRouter({
  list: tenantQuery(listSlos),
  history: tenantQuery(getSloHistory),
  badRuns: tenantQuery(listBadRuns),
  preview: tenantQuery(previewSlo),
  set: tenantMutation(setSlo),
  reset: tenantMutation(resetSlo),
});
