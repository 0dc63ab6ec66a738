const DAY_MS = 86_400_000;

/** How long before it is due reviewers are reminded, in days; and how often once it is overdue. */
const SOON_DAYS = 3;
const AGAIN_DAYS = 7;

/** The longest that a review may be open before it is due, in days. */
export const DUE_DAYS_MAX = 180;

/** True while a review that is open is past its due date. */
export const isOverdue = ({ status, dueAt }: { status: string; dueAt: Date }, now: Date): boolean =>
  status === "open" && dueAt <= now;

/**
 * Which reminder a review that is open asks for at this moment, by a name that is new each time one is due; null: none.
 * One shortly before the due date, one at it, and one each week after.
 */
export function reminderAt(dueAt: Date, now: Date): { name: string; occasion: "soon" | "overdue" } | null {
  const late = now.getTime() - dueAt.getTime();
  if (late < -SOON_DAYS * DAY_MS) return null;
  if (late < 0) return { name: "soon", occasion: "soon" };
  return { name: `overdue-${Math.floor(late / (AGAIN_DAYS * DAY_MS))}`, occasion: "overdue" };
}

/** The same day so many months later, UTC; the last of a month that has no such day. */
export function monthsLater(at: Date, months: number): Date {
  const later = new Date(at);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const last = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(at.getUTCDate(), last));
  return later;
}
