const HOUR_MS = 3_600_000;

/** A time in which a customer is charged for what it uses. */
export interface Span {
  from: Date;
  /** The first moment that is no more in it; null while it goes on. */
  to: Date | null;
  /** Where periods begin within it. */
  cuts: readonly Date[];
}

/** An hour, or the part of one that lies in one period. */
export interface Bucket {
  from: Date;
  until: Date;
}

/** The beginning of the hour (UTC) that holds a moment. */
export const hourOf = (moment: Date): Date => new Date(Math.floor(moment.getTime() / HOUR_MS) * HOUR_MS);

/**
 * The parts of the time up to `until` in which use is charged: cut at each hour and where a period begins, so that each lies in
 * one period whole. From `since`, the beginning of an hour, or from the first span.
 */
export function bucketsOf(spans: readonly Span[], since: Date | null, until: Date): Bucket[] {
  const starts = spans.map(({ from }) => from.getTime());
  const first = Math.max(Math.min(...starts), since?.getTime() ?? -Infinity);
  const end = until.getTime();
  if (spans.length === 0 || first >= end) return [];
  const edges = new Set([first, end]);
  const add = (ms: number) => ms > first && ms < end && edges.add(ms);
  for (const { from, to, cuts } of spans)
    for (const each of [from, to, ...cuts]) if (each !== null) add(each.getTime());
  for (let hour = hourOf(new Date(first)).getTime(); hour < end; hour += HOUR_MS) add(hour);
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).flatMap((from, nth) => {
    const to = sorted[nth + 1] ?? end;
    const isCharged = spans.some((span) => span.from.getTime() <= from && to <= (span.to?.getTime() ?? Infinity));
    return isCharged ? [{ from: new Date(from), until: new Date(to) }] : [];
  });
}
