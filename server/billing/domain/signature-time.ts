/** Seconds that a signed event may be from this moment, before it and after it alike. */
export const TOLERANCE_SECONDS = 300;

/** When an event was signed, in seconds since 1970, by the header of its signature; null when that does not say. */
function signedAt(header: string): number | null {
  const stamp = /(?:^|,)\s*t=(\d{1,12})(?:,|$)/.exec(header)?.[1];
  return stamp === undefined ? null : Number(stamp);
}

/** Whether a signature is dated in the future: the SDK takes any such, of which a replay could be kept for later. */
export function isFutureDated(header: string, now: Date): boolean {
  const stamp = signedAt(header);
  return stamp === null || stamp > now.getTime() / 1000 + TOLERANCE_SECONDS;
}
