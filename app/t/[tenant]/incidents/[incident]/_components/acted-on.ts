import type { Severity } from "@/server/incidents/domain/severity";
import type { IncidentStatus } from "@/server/incidents/domain/status";

/** An incident as what can be done with it needs it. */
export interface ActedOn {
  id: string;
  severity: Severity;
  status: IncidentStatus;
  next: readonly IncidentStatus[];
  acknowledgedAt: string | null;
  isPublic: boolean;
  isDrill: boolean;
  why: { note: string | null; work: string | null; resolve: string | null };
}
