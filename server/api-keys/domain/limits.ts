import { DATA_SENSITIVITIES, type DataSensitivity, type Role } from "@/policies/access/vocabulary";

/** Roles that a key may hold: none that governs the tenant, and none that approves, as approving takes a person. */
export const SERVICE_ROLES = ["workflow_author", "operator", "read_only"] as const satisfies readonly Role[];

export const KEY_DAYS_MAX = 365;
export const GRACE_HOURS_MAX = 24;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The end of a key made at this moment. */
export const keyEnd = (now: Date, days: number) => new Date(now.getTime() + days * DAY_MS);

/** Until when the key before a rotation still opens: the grace, but never beyond the key's own end. */
export function graceEnd(now: Date, hours: number, expiresAt: Date): Date {
  return new Date(Math.min(now.getTime() + hours * HOUR_MS, expiresAt.getTime()));
}

/** True when a clearance reaches no further than the creator's own. */
export function isWithin(clearance: DataSensitivity, own: DataSensitivity): boolean {
  return DATA_SENSITIVITIES.indexOf(clearance) <= DATA_SENSITIVITIES.indexOf(own);
}

export type KeyState = "active" | "expired" | "revoked";

export function keyState(key: { expiresAt: Date; revokedAt: Date | null }, now: Date): KeyState {
  if (key.revokedAt !== null) return "revoked";
  return key.expiresAt <= now ? "expired" : "active";
}
