/** The parts that people play in an incident. */
export const INCIDENT_ROLES = ["commander", "communications", "operations", "scribe"] as const;
export type IncidentRole = (typeof INCIDENT_ROLES)[number];
