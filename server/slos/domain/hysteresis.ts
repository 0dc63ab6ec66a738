/** How an objective stands, in words. */
export const BUDGET_STATES = ["Healthy", "AtRisk", "BudgetExhausted"] as const;
export type BudgetState = (typeof BUDGET_STATES)[number];

/** Where states begin and end, in percent of the budget that is left. */
export interface BudgetBounds {
  /** At or below it an objective is at risk. */
  atRisk: number;
  /** So much above `atRisk` it is healthy again. */
  upMargin: number;
  /** From here on an exhausted budget is only at risk. */
  exhaustedExit: number;
}

/** A fifth left is a warning; a quarter has to be back before it ends, so that a budget on the edge does not flap. */
export const BUDGET_BOUNDS: BudgetBounds = { atRisk: 20, upMargin: 5, exhaustedExit: 2 };

/** The state after one look, given the one before. */
export function budgetState(before: BudgetState, leftPercent: number, bounds: BudgetBounds): BudgetState {
  if (leftPercent <= 0 || (before === "BudgetExhausted" && leftPercent < bounds.exhaustedExit))
    return "BudgetExhausted";
  const healthyFrom = before === "Healthy" ? bounds.atRisk : bounds.atRisk + bounds.upMargin;
  const isHealthy = before === "Healthy" ? leftPercent > healthyFrom : leftPercent >= healthyFrom;
  return isHealthy ? "Healthy" : "AtRisk";
}
