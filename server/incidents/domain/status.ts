/** How far an incident is. */
export const INCIDENT_STATUSES = ["open", "mitigated", "monitoring", "resolved", "closed"] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** Where an incident may go from where it is. Back to open is reopening it. */
const NEXT: Readonly<Record<IncidentStatus, readonly IncidentStatus[]>> = {
  open: ["mitigated", "monitoring", "resolved"],
  mitigated: ["monitoring", "resolved", "open"],
  monitoring: ["resolved", "mitigated", "open"],
  resolved: ["closed", "open"],
  closed: ["open"],
};

export const nextStatuses = (from: IncidentStatus): readonly IncidentStatus[] => NEXT[from];

/** True while somebody has to see to it. */
export const isUnresolved = (status: IncidentStatus): boolean => status !== "resolved" && status !== "closed";

/** When an incident reached what it has reached, as its row says. */
export interface Reached {
  mitigatedAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  acknowledgedBy: string | null;
  acknowledgedAt: Date | null;
}

type Moved = { ok: true; changes: Partial<Reached> } | { ok: false; reason: "no-change" | "not-from-here" };

/**
 * What changes with a move at a moment. The first mitigation and the last resolution count; who reopens an incident takes
 * its ends and its acknowledgement away, so that somebody is told again.
 */
export function move(from: IncidentStatus, to: IncidentStatus, reached: Reached, now: Date): Moved {
  if (from === to) return { ok: false, reason: "no-change" };
  if (!NEXT[from].includes(to)) return { ok: false, reason: "not-from-here" };
  switch (to) {
    case "open":
      return {
        ok: true,
        changes: {
          ...{ mitigatedAt: null, resolvedAt: null, closedAt: null },
          ...(isUnresolved(from) ? {} : { acknowledgedBy: null, acknowledgedAt: null }),
        },
      };
    case "mitigated":
    case "monitoring":
      return { ok: true, changes: { mitigatedAt: reached.mitigatedAt ?? now } };
    case "resolved":
      return { ok: true, changes: { mitigatedAt: reached.mitigatedAt ?? now, resolvedAt: now } };
    case "closed":
      return { ok: true, changes: { closedAt: now } };
  }
}
