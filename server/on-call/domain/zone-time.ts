const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  });
  formats.set(zone, format);
  return format;
}

/** True for a time zone by its IANA name, such as `Europe/Berlin`. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(zone: string, at: number): number {
  const whole = Math.floor(at / 1_000) * 1_000;
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** Days since 1970 of the date that a zone's calendars show. */
export const localDay = (zone: string, at: Date): number =>
  Math.floor((at.getTime() + offsetAt(zone, at.getTime())) / DAY_MS);

/** Days since 1970 of a date such as `2026-03-29`. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/**
 * The moment at which a zone's clocks show a time of a day, in minutes since midnight. A time that they show twice is the
 * first; one that they leave out is as much later as they were put forward (Temporal's "compatible").
 */
export function momentOf(zone: string, day: number, minutes: number): Date {
  const shown = day * DAY_MS + minutes * 60_000;
  const [before, after] = [offsetAt(zone, shown - DAY_MS), offsetAt(zone, shown + DAY_MS)];
  const found = [shown - before, shown - after].filter((at) => at + offsetAt(zone, at) === shown);
  return new Date(found.length === 0 ? shown - before : Math.min(...found));
}
