/** Whether a meter has what it was told, in units: within one, or within a thousandth of it. */
export const isAsTold = (told: number, counted: number): boolean =>
  Math.abs(told - counted) <= Math.max(1, told / 1_000);
