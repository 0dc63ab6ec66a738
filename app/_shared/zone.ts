/** The cookie in which the browser says its time zone, so that the first HTML already tells times in it. */
export const ZONE_COOKIE = "conductor-zone";

/** The zone itself when it is one that this runtime knows, else UTC. */
export function knownZone(zone: string | undefined): string {
  if (zone === undefined || zone === "" || zone.length > 64) return "UTC";
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

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
    formats.set(zone, format);
  }
  return format;
}

/** A moment in a zone, to the second: `22 Nov 2026, 10:04:05`. */
export function inZone(iso: string, zone: string): string {
  return formatOf(zone).format(new Date(iso));
}

/** A moment in UTC, to the second: `2026-11-22 09:04:05 UTC`. */
export function inUtc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
