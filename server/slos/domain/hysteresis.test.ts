import { expect, it } from "vitest";
import { BUDGET_BOUNDS, budgetState } from "./hysteresis";

it.each([
  ["Healthy", 20.001, "Healthy"],
  ["Healthy", 20, "AtRisk"],
  ["AtRisk", 24.999, "AtRisk"],
  ["AtRisk", 25, "Healthy"],
  ["AtRisk", 0, "BudgetExhausted"],
  ["Healthy", -3, "BudgetExhausted"],
  ["BudgetExhausted", 1.5, "BudgetExhausted"],
  ["BudgetExhausted", 2, "AtRisk"],
  ["BudgetExhausted", 60, "Healthy"],
] as const)("%s with %d %% left is then %s", (before, left, after) => {
  expect(budgetState(before, left, BUDGET_BOUNDS)).toBe(after);
});
