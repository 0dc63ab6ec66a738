/** Events of a window, or slices: those that were good, and all. */
export interface Counts {
  good: number;
  total: number;
}

export const NONE: Counts = { good: 0, total: 0 };

export const badOf = ({ good, total }: Counts): number => total - good;

export const sumOf = (parts: readonly Counts[]): Counts =>
  parts.reduce((sum, { good, total }) => ({ good: sum.good + good, total: sum.total + total }), NONE);
