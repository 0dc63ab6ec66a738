import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  acknowledgeIncident,
  addTask,
  assignRole,
  finishTask,
  getIncident,
  getStatusPage,
  linkRun,
  listEntries,
  listIncidents,
  moveIncident,
  noteIncident,
  openIncident,
  publishIncident,
  rateIncident,
  setStatusPage,
  tellStakeholders,
} from "./index";

export const incidentsRouter = createRouter({
  list: tenantQuery(listIncidents),
  get: tenantQuery(getIncident),
  entries: tenantQuery(listEntries),
  statusPage: tenantQuery(getStatusPage),
  open: tenantMutation(openIncident),
  acknowledge: tenantMutation(acknowledgeIncident),
  move: tenantMutation(moveIncident),
  rate: tenantMutation(rateIncident),
  note: tenantMutation(noteIncident),
  tell: tenantMutation(tellStakeholders),
  publish: tenantMutation(publishIncident),
  setStatusPage: tenantMutation(setStatusPage),
  assign: tenantMutation(assignRole),
  addTask: tenantMutation(addTask),
  finishTask: tenantMutation(finishTask),
  link: tenantMutation(linkRun),
});
