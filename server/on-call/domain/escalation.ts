/** Whom a step tells: who is on call by a schedule, one person, or the tenant's administrators. */
export type EscalationTarget =
  { kind: "schedule"; scheduleId: string } | { kind: "person"; userId: string } | { kind: "administrators" };

/** A step of escalation: so long after an incident was opened, unless it was acknowledged by then. */
export interface EscalationStep {
  afterMinutes: number;
  targets: readonly EscalationTarget[];
}
