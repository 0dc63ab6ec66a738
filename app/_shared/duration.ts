const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** A length of time in words: `840 ms`, `3.2 s`, `2 min 5 s`, `1 d 4 h`. Two units at most; milliseconds in. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  let rest = Math.floor(ms / 1_000);
  const parts: string[] = [];
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}

/** Milliseconds from one moment to another, or to `until` while the second has not come; null before the first. */
export function elapsedMs(start: string | null, end: string | null, until: number): number | null {
  if (start === null) return null;
  return Math.max(0, (end === null ? until : Date.parse(end)) - Date.parse(start));
}
