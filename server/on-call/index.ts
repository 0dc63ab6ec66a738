export { addOverride, removeOverride } from "./change-overrides";
export { findAdministrators, findEscalation, findPeople } from "./find-on-call";
export { getOnCall } from "./get-on-call";
export { removeSchedule } from "./remove-schedule";
export { createSchedule, updateSchedule } from "./save-schedule";
export { setEscalation } from "./set-escalation";
