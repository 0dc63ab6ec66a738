/** Whom a step tells: who is on call by a schedule, one person, or the tenant's administrators. */
export type EscalationTarget =
  { kind: "schedule"; scheduleId: string } | { kind: "person"; userId: string } | { kind: "administrators" };

/** A step of escalation: so long after an incident was opened, unless it was acknowledged by then. */
export interface EscalationStep {
  afterMinutes: number;
  targets: readonly EscalationTarget[];
}

/** Minutes after which administrators are told where a tenant has set nothing else. */
const ADMINISTRATORS_AFTER = 15;

/** What holds where a tenant has set nothing: whoever is on call at once, and administrators when nobody took it on. */
export function defaultSteps(scheduleIds: readonly string[]): EscalationStep[] {
  const administrators = [{ kind: "administrators" as const }];
  if (scheduleIds.length === 0) return [{ afterMinutes: 0, targets: administrators }];
  return [
    { afterMinutes: 0, targets: scheduleIds.map((scheduleId) => ({ kind: "schedule", scheduleId })) },
    { afterMinutes: ADMINISTRATORS_AFTER, targets: administrators },
  ];
}
