import { type Severity, SEVERITY_WORDS } from "@/server/incidents/domain/severity";

/** A severity as a choice says it: with what it means. */
export const severityChoice = (severity: Severity) => `${severity}: ${SEVERITY_WORDS[severity]}`;
