import type { Role } from "@/policies/access/vocabulary";
import { canonicalJson, digestJson, type Json } from "@/server/kernel/json";

/** The longest that an auditor is let in at a time, in days from the moment at which somebody says so. */
export const AUDITOR_DAYS_MAX = 90;
const DAY_MS = 86_400_000;

/** What an auditor holds, and all of it. */
export const AUDITOR_ROLES: Role[] = ["read_only"];

export const isReaderOnly = (roles: readonly Role[]): boolean =>
  roles.length === AUDITOR_ROLES.length && roles.every((role) => AUDITOR_ROLES.includes(role));

/** Days that what auditors were shown stays on record: a year's audit can still look at the whole of the year before. */
export const VIEWS_KEPT_DAYS = 800;

/** What somebody was let in for, and until when. */
export interface Auditing {
  engagement: string;
  until: Date;
}

/** Why access may not end at this moment; null when it may. */
export function refuseEnd(until: Date, now: Date): string | null {
  if (until <= now) return "The end must be in the future.";
  if (until.getTime() - now.getTime() > AUDITOR_DAYS_MAX * DAY_MS)
    return `An auditor is let in for ${AUDITOR_DAYS_MAX} days at most. Extend it when they are nearly over.`;
  return null;
}

/** True from the end on: at that very moment an auditor is no member any more. */
export const isOver = (until: Date | null, now: Date): boolean => until !== null && until <= now;

/** How an auditor's access stands: under way, over by its time, or ended before it. */
export type AuditorState = "active" | "over" | "ended";

export function auditorState({ endsAt, endedAt }: { endsAt: Date; endedAt: Date | null }, now: Date): AuditorState {
  if (endedAt !== null && endedAt < endsAt) return "ended";
  return endedAt !== null || endsAt <= now ? "over" : "active";
}

/** Characters of a question that the log holds; of a longer one it holds the digest. */
const ASKED_MAX = 500;

/** With what a call was made, as the log holds it. */
export function askedText(input: unknown): string {
  // As it would travel: what is left out and what is undefined are the same question.
  const asked = JSON.parse(JSON.stringify(input ?? {})) as Json;
  const text = canonicalJson(asked);
  return text.length <= ASKED_MAX ? text : digestJson(asked);
}

/** The minute that a moment is in: what is shown twice within one is on the log once. */
export const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / 60_000) * 60_000);
