import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { cancelRun, exportRuns, getRun, killRun, listRuns, rerunRun, startRun } from "./index";

export const runsRouter = createRouter({
  list: tenantQuery(listRuns),
  get: tenantQuery(getRun),
  export: tenantMutation(exportRuns),
  start: tenantMutation(startRun),
  rerun: tenantMutation(rerunRun),
  cancel: tenantMutation(cancelRun),
  kill: tenantMutation(killRun),
});
