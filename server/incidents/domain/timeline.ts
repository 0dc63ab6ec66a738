/** What an entry of a timeline tells of. */
export const TIMELINE_KINDS = [
  ...(["opened", "alert", "alert_cleared", "acknowledged", "status", "severity", "reopened"] as const),
  ...(["role", "task", "note", "update", "link", "publication"] as const),
  ...(["notification", "escalation", "mitigation", "guardrail", "evidence", "drill"] as const),
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** Where an entry comes from. */
export const TIMELINE_SOURCES = [
  ...(["person", "api", "alert", "engine", "mitigation", "guardrail", "notification", "drill"] as const),
] as const;
export type TimelineSource = (typeof TIMELINE_SOURCES)[number];

/** What may open an incident. */
const ALERT_SOURCES = ["slo", "guardrail", "engine", "drill"] as const;
export type AlertSource = (typeof ALERT_SOURCES)[number];
export const INCIDENT_SOURCES = ["person", "api", ...ALERT_SOURCES] as const;
export type IncidentSource = (typeof INCIDENT_SOURCES)[number];
