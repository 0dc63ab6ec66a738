import { InvariantError } from "@/server/kernel/errors";
import type { SloWindow } from "./slo";

const MINUTE_MS = 60_000;

/** From when (excluded) to when (included) a period reaches, and how many minutes it has in all. */
export interface Period {
  from: Date;
  /** Its end; for a rolling window the moment that it was asked at. */
  to: Date;
  minutes: number;
}

interface Month {
  year: number;
  /** 1 to 12. */
  month: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-u-hc-h23", {
    timeZone,
    ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
  });
  formats.set(timeZone, made);
  return made;
}

/** What the clock on the wall says there, as if it were UTC: milliseconds. */
function wallClock(at: Date, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year, month, day] = [parts.get("year"), parts.get("month"), parts.get("day")];
  const [hour, minute, second] = [parts.get("hour"), parts.get("minute"), parts.get("second")];
  if (year === undefined || month === undefined) throw new InvariantError(`No calendar for ${timeZone}.`);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** True where the runtime knows this time zone by name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** When a month begins there. Twice over, as the offset at the first guess may be that of the other side of a change. */
function beginOf({ year, month }: Month, timeZone: string): Date {
  const wall = Date.UTC(year, month - 1, 1);
  let at = wall;
  for (let tries = 0; tries < 3; tries += 1) at += wall - wallClock(new Date(at), timeZone);
  return new Date(at);
}

function monthOf(at: Date, timeZone: string): Month {
  const wall = new Date(wallClock(at, timeZone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1 };
}

const next = ({ year, month }: Month): Month =>
  month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };

/** The calendar month there that holds a moment; the moment at which it ends belongs to the next. */
function calendarMonth(at: Date, timeZone: string): Period {
  const month = monthOf(at, timeZone);
  const [from, to] = [beginOf(month, timeZone), beginOf(next(month), timeZone)];
  return { from, to, minutes: Math.round((to.getTime() - from.getTime()) / MINUTE_MS) };
}

/** The period that is judged at a moment, its real length in minutes included: months of a calendar differ. */
export function periodAt(window: SloWindow, at: Date): Period {
  if (window.kind === "calendar") return calendarMonth(new Date(at.getTime() - 1), window.timeZone);
  const minutes = window.days * 24 * 60;
  return { from: new Date(at.getTime() - minutes * MINUTE_MS), to: at, minutes };
}
