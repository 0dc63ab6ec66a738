/** So many starts per period, and so many at once when none came for long (generic cell rate algorithm). */
export interface Rate {
  limit: number;
  periodMs: number;
  /** Starts that fit at one moment while the whole rate is there. */
  atOnce: number;
}

/** Between two starts at an even pace; rounded up, so that no rounding lets more through. */
const stepMs = ({ limit, periodMs }: Rate) => Math.ceil(periodMs / limit);

/**
 * The earliest moment, from `now` on, at which one more start fits. `wholeAt` is when the whole rate is there again, as
 * `after` gave it last (undefined: nothing of it is used). All in milliseconds.
 */
export function fitsAt(wholeAt: number | undefined, now: number, rate: Rate): number {
  const step = stepMs(rate);
  return Math.max(now, (wholeAt ?? now) + step - rate.atOnce * step);
}

/** When the whole rate is there again after a start at `at`. */
export function after(wholeAt: number | undefined, at: number, rate: Rate): number {
  return Math.max(wholeAt ?? at, at) + stepMs(rate);
}
