/** The parts that people play in an incident. */
export const INCIDENT_ROLES = ["commander", "communications", "operations", "scribe"] as const;
export type IncidentRole = (typeof INCIDENT_ROLES)[number];

export const ROLE_WORDS: Readonly<Record<IncidentRole, string>> = {
  commander: "Decides, and says who does what",
  communications: "Tells those who are affected",
  operations: "Works on the cause",
  scribe: "Writes down what happens",
};
