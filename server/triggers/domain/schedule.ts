import { Cron } from "croner";
import type { CatchUp } from "./kinds";

export interface Schedule {
  cron: string;
  zone: string;
}

/** A slot that is later than this counts as missed (milliseconds): longer than a restart takes. */
const MISSED_AFTER_MS = 300_000;

// Five fields and none for seconds: no schedule comes more often than once a minute. Nicknames such as @hourly are none.
const FIVE_FIELDS = /^\S+(\s+\S+){4}$/;

/**
 * Clocks that change (croner's rules): a fixed time that a day does not have comes at the end of the gap, one that it has
 * twice comes the first time only; every so many minutes goes on by the clock on no wall, once each.
 */
const cronOf = ({ cron, zone }: Schedule) => new Cron(cron, { timezone: zone, mode: "5-part", paused: true });

/** What keeps a schedule from being one, by field; null when nothing does. A zone is one that this runtime knows. */
export function scheduleFault({ cron, zone }: Schedule): { field: "cron" | "zone"; message: string } | null {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    return { field: "zone", message: "is no IANA time zone, such as Europe/Berlin" };
  }
  if (!FIVE_FIELDS.test(cron))
    return { field: "cron", message: "must have five fields: minute, hour, day of month, month, day of week" };
  try {
    if (cronOf({ cron, zone }).nextRun() !== null) return null;
    return { field: "cron", message: "never comes" };
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^\w+: /, "") : "cannot be read";
    return { field: "cron", message: `is no cron expression: ${said.slice(0, 200)}` };
  }
}

/** The next slots after a moment, fewer where no more come. */
export const nextSlots = (schedule: Schedule, after: Date, most: number): Date[] =>
  cronOf(schedule).nextRuns(most, after);

/** The first slot after a moment; null when none comes any more. */
export const nextSlot = (schedule: Schedule, after: Date): Date | null => cronOf(schedule).nextRun(after);

/**
 * The slots that a schedule fires now, given the one that it waits for, and the one it waits for next. Those of the last
 * five minutes all fire. Of earlier ones none does or, where the schedule catches up, the last one.
 */
export function dueSlots(
  schedule: Schedule & { catchUp: CatchUp },
  waitedFor: Date,
  now: Date,
): { due: Date[]; next: Date | null } {
  const missedBefore = now.getTime() - MISSED_AFTER_MS;
  const next = nextSlot(schedule, now);
  const from = new Date(Math.max(waitedFor.getTime(), missedBefore) - 1);
  // No more than one a minute comes, and one at either edge.
  const due = nextSlots(schedule, from, MISSED_AFTER_MS / 60_000 + 2).filter((slot) => slot <= now);
  if (due.length > 0 || schedule.catchUp === "skip" || waitedFor > now) return { due, next };
  const [last] = cronOf(schedule).previousRuns(1, now);
  return { due: [last !== undefined && last >= waitedFor ? last : waitedFor], next };
}
