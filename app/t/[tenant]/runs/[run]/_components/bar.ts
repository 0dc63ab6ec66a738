interface Span {
  start: number;
  end: number;
}

const MIN_PERCENT = 0.6;

/** Where a step's time lies within its run's, in percent of the run; never too thin to be seen, never beyond the edge. */
export function barOf(whole: Span, part: Span): { left: number; width: number } {
  const length = Math.max(1, whole.end - whole.start);
  const at = (moment: number) => Math.min(100, Math.max(0, ((moment - whole.start) / length) * 100));
  const left = Math.min(at(part.start), 100 - MIN_PERCENT);
  const width = Math.min(100 - left, Math.max(MIN_PERCENT, at(part.end) - left));
  return { left: Math.round(left * 100) / 100, width: Math.round(width * 100) / 100 };
}
