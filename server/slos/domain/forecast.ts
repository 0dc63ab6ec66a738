/** What an exhaustion is foreseen from. */
export interface Spending {
  /** Of the period's budget: 1 is all of it; below 0 it is overspent. */
  left: number;
  /** How many times faster than evenly it is spent now; null without events. */
  burnRate: number | null;
  periodMinutes: number;
}

/**
 * Minutes until the budget is gone if it goes on being spent as now: `left · period / burn rate`. 0 where it is gone, null
 * where nothing is spent or nothing is known. In a rolling window old failures leave meanwhile, so it is no later than that.
 */
export function minutesToExhaustion({ left, burnRate, periodMinutes }: Spending): number | null {
  if (left <= 0) return 0;
  return burnRate === null || burnRate <= 0 ? null : (left * periodMinutes) / burnRate;
}
