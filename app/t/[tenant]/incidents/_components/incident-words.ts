import type { TimelineKind } from "@/server/incidents/domain/timeline";

/** An open incident is bad news, other than an open review: its status has a colour of its own. */
export const incidentStatus = (status: string) => (status === "open" ? "incident-open" : status);

/** What opened an incident, in words. */
export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  person: "a person",
  api: "the API",
  slo: "an objective's alert",
  guardrail: "a guardrail",
  engine: "the executor",
  drill: "a drill",
};

/** What an entry of the timeline tells of. */
export const KIND_WORDS: Readonly<Record<TimelineKind, string>> = {
  opened: "Opened",
  alert: "Alerts go on",
  alert_cleared: "Alert cleared",
  acknowledged: "Taken on",
  status: "Status",
  severity: "Severity",
  reopened: "Opened again",
  role: "Part",
  task: "Task",
  note: "Note",
  update: "Update for stakeholders",
  link: "Linked",
  publication: "Status page",
  notification: "Told",
  escalation: "Escalated",
  mitigation: "Mitigation",
  guardrail: "Guardrail",
  evidence: "Evidence",
  drill: "Drill",
};
