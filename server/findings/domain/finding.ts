/** How much a gap weighs, the heaviest first. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Where a finding stands. `reopened` is open again: what was closed came back, or a re-test failed. */
export const FINDING_STATUSES = ["open", "in_progress", "ready", "reopened", "accepted", "closed"] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** A gap as a check tells it. */
export interface Gap {
  /** Names the gap within its check: the same one is told under the same key. */
  key: string;
  severity: Severity;
  /** The control that it weakens. */
  control: string;
  title: string;
  detail: string;
  /** What closes it. */
  remedy: string;
}

const DAY_MS = 86_400_000;

/** Days until a finding has to be closed. */
export const DUE_DAYS: Readonly<Record<Severity, number>> = { critical: 3, high: 14, medium: 30, low: 90 };

export const dueAt = (severity: Severity, from: Date): Date => new Date(from.getTime() + DUE_DAYS[severity] * DAY_MS);

/** Days past its due date at which administrators are told, once per stage. */
export const ESCALATION_DAYS = [0, 7, 30] as const;

/** The stage of escalation that a finding has reached: 0 while it is not overdue. */
export const stageAt = (due: Date, now: Date): number =>
  ESCALATION_DAYS.filter((days) => now.getTime() >= due.getTime() + days * DAY_MS).length;

/** Where nobody has to do anything about it: it is closed, or accepted for now. */
export const SETTLED = ["closed", "accepted"] as const satisfies readonly FindingStatus[];

export const isSettled = (status: FindingStatus): boolean => SETTLED.some((settled) => settled === status);

/** The longest that a gap may be accepted for, in days. */
export const ACCEPTED_DAYS_MAX = 365;

export interface Standing {
  status: FindingStatus;
  ownerId: string | null;
  readyBy: string | null;
}

export type Refused = "not-ready" | "nobody" | "owner" | "who-did-it";

/**
 * Why this person may not have a finding tested again, and so decide that it closes: it is not said to be done, it takes a
 * person, and neither its owner nor whoever says that it is done. Null where they may.
 */
export function whyNoRetest({ status, ownerId, readyBy }: Standing, userId: string | null): Refused | null {
  if (status !== "ready") return "not-ready";
  if (userId === null) return "nobody";
  if (userId === ownerId) return "owner";
  return userId === readyBy ? "who-did-it" : null;
}

export const REFUSED_WORDS: Readonly<Record<Refused, string>> = {
  "not-ready": "Whoever sees to this finding has not said yet that it is done.",
  nobody: "A person has to answer for the test; a program does not.",
  owner: "This finding is yours: somebody else has to have it tested.",
  "who-did-it": "You said that this is done: somebody else has to have it tested.",
};

/** What a test says of a gap: `pass` where it is gone, `fail` where it is there, `unknown` where that cannot be told. */
export type Tested = "pass" | "fail" | "unknown";

/** Where a finding that was tested again stands from then on. Not knowing closes nothing. */
export const statusAfterTest = (tested: Tested): FindingStatus =>
  tested === "pass" ? "closed" : tested === "fail" ? "reopened" : "ready";

/** Where a finding stands when an audit sees its gap again. What was accepted stays so until the day that was set for it. */
export function statusWhenSeen(status: FindingStatus, acceptedUntil: Date | null, now: Date): FindingStatus {
  if (status === "closed" || status === "ready") return "reopened";
  if (status !== "accepted") return status;
  return acceptedUntil !== null && now < acceptedUntil ? "accepted" : "reopened";
}

/** The name of a finding within its tenant, under which it is its own ticket. */
export const ticketOf = (number: number): string => `F-${number}`;
