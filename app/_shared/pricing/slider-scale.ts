/** What a slider reaches, and the decimals of what it gives. It moves by factors: 1,000 more means much to few runs, little to many. */
export interface Span {
  from: number;
  to: number;
  decimals: number;
}

export const STEPS = 200;
/** Rounded to so many digits, so that a slider gives numbers that people would type. */
const DIGITS = 2;

/** The nearest position of a value, from 0 to `STEPS`; the ends for what lies beyond them, and for what is no number. */
export function positionOf({ from, to }: Span, value: number): number {
  const position = (Math.log(value / from) / Math.log(to / from)) * STEPS;
  return Number.isNaN(position) ? 0 : Math.round(Math.min(STEPS, Math.max(0, position)));
}

/** What a position says, as it is typed. */
export function valueAt({ from, to, decimals }: Span, position: number): string {
  const value = from * (to / from) ** (position / STEPS);
  const rounded = Number(value.toPrecision(DIGITS));
  return String(Number(rounded.toFixed(decimals)));
}
