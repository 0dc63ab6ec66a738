/** What is done about a renewal that is not paid. */
export interface Dunning {
  /** Days from each failed attempt to the next. */
  retryDays: readonly number[];
  /** What becomes of the subscription when no attempt is left. */
  end: "canceled" | "unpaid" | "past_due";
}

/** Documented: a schedule and an end that the account's settings choose. Assumed: these, each wait from the attempt before. */
export const DUNNING_DEFAULT: Dunning = { retryDays: [3, 5, 7], end: "canceled" };

/** When an invoice is tried again after so many automatic attempts, in seconds; null when it is not. */
export function nextAttemptAt({ retryDays }: Dunning, attempts: number, now: number): number | null {
  const days = retryDays[attempts - 1];
  return days === undefined ? null : now + days * 86_400;
}
