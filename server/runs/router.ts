import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { cancelRun, exportRuns, getArtefact, getRun, killRun, listRuns, rerunRun, startRun } from "./index";

export const runsRouter = createRouter({
  list: tenantQuery(listRuns),
  get: tenantQuery(getRun),
  artefact: tenantQuery(getArtefact),
  export: tenantMutation(exportRuns),
  start: tenantMutation(startRun),
  rerun: tenantMutation(rerunRun),
  cancel: tenantMutation(cancelRun),
  kill: tenantMutation(killRun),
});
