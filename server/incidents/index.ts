export { acknowledgeIncident } from "./acknowledge-incident";
export { assignRole } from "./assign-role";
export { claimMessages, type ClaimedMessages, markSent, markUnsent, type ToldIncident } from "./claim-messages";
export {
  incidentAcknowledged,
  incidentMessagePlanned,
  incidentMoved,
  incidentOpened,
  incidentRepeated,
} from "./events";
export { closeDrill, messagesOf, timelineOf } from "./end-drill";
export { getIncident } from "./get-incident";
export { listEntries } from "./list-entries";
export { listIncidents } from "./list-incidents";
export { moveIncident } from "./move-incident";
export { linkRun, noteIncident, tellStakeholders } from "./note-incident";
export { noteOnIncident } from "./note-on-incident";
export { openIncident } from "./open-incident";
export { listEscalationMinutes, type MessageContext, planMessages, type Telling } from "./plan-messages";
export { addTask, finishTask } from "./plan-tasks";
export { publishIncident } from "./publish-incident";
export { type Alert, raiseIncident, type RaiseContext } from "./raise-incident";
export { rateIncident } from "./rate-incident";
