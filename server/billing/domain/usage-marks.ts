/** Parts of a limit at which people are told, in per cent. */
const MARKS = [100, 80, 50] as const;
export type Mark = (typeof MARKS)[number];

/** The largest mark that use has come to; null below all of them, and where there is no limit. */
export function markReached(used: number, most: number | null): Mark | null {
  if (most === null || most <= 0) return null;
  return MARKS.find((mark) => used * 100 >= most * mark) ?? null;
}
