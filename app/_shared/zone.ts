/** The cookie in which the browser says its time zone, so that the first HTML already tells times in it. */
export const ZONE_COOKIE = "conductor-zone";

const formats = new Map<string, Intl.DateTimeFormat>();

// Names of zones come from cookies, in whatever case a caller writes them.
const FORMATS_MAX = 1_000;

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      day: "2-digit",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    if (formats.size >= FORMATS_MAX) formats.clear();
    formats.set(zone, format);
  }
  return format;
}

/** The zone itself when it is one that this runtime knows, else UTC. */
export function knownZone(zone: string | undefined): string {
  if (zone === undefined || zone === "" || zone.length > 64) return "UTC";
  try {
    return formatOf(zone).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

/** A moment in a zone, to the second: `22 Nov 2026, 10:04:05`. */
export function inZone(iso: string, zone: string): string {
  return formatOf(zone).format(new Date(iso));
}

/** An ISO moment in UTC, to the second: `2026-11-22 09:04:05 UTC`. */
export function inUtc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

const DAY_MS = 86_400_000;

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function aheadOfUtc(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return wall - Math.floor(at / 1_000) * 1_000;
}

/** When a day such as `2026-11-22` begins in a zone, or one that many days later, as an ISO moment in UTC. */
export function startOfDay(day: string, zone: string, daysLater = 0): string {
  const midnight = Date.parse(`${day}T00:00:00Z`) + daysLater * DAY_MS;
  // The offset of a moment near by, then that of the moment found: they differ where clocks change that night.
  const near = midnight - aheadOfUtc(midnight, zone);
  return new Date(midnight - aheadOfUtc(near, zone)).toISOString();
}
