const DAY_MS = 86_400_000;

/** A guide that nobody has read again for so long is not to be relied on. */
export const REVIEWED_DAYS_MAX = 365;

/** Who answers for a page, and when it was read last (UTC). */
export interface Review {
  owner: string;
  reviewedOn: string;
}

/** What a page says of its review, in a line of its own: `_Owner: operations. Last reviewed: 2026-11-27._`. */
export function reviewOf(text: string): Review | null {
  const said = /^_Owner: ([a-z][a-z ]+)\. Last reviewed: (\d{4}-\d\d-\d\d)\._$/m.exec(text);
  return said === null ? null : { owner: said[1] ?? "", reviewedOn: said[2] ?? "" };
}

/** Days since the review, at a moment; below 0 for one that is yet to come. */
export const daysSince = ({ reviewedOn }: Review, now: Date): number =>
  Math.floor((now.getTime() - Date.parse(`${reviewedOn}T00:00:00Z`)) / DAY_MS);

/** Whether a page has to be read again: its review is too old, or is said to be in the future, or is no day. */
export function isStale(review: Review, now: Date): boolean {
  const days = daysSince(review, now);
  return !(days >= 0 && days < REVIEWED_DAYS_MAX);
}
