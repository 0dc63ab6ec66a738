import { type Measured, quantile } from "./latencies";
import { rounded } from "./report";

/** What the product and its peers are asked for: 500 runs of 5 steps, ten at a time; and a fifth of them one at a time. */
export const RUNS = 500;
export const STEPS = 5;
export const WIDTH = 10;
export const RUNS_ALONE = RUNS / 5;
export const ROUNDS = 3;
export const WARM_UP = 100;

export const shown = ({ perSecond, took }: Measured) => ({
  stepsPerSecond: rounded(perSecond * STEPS, 0),
  p50: quantile(took, 0.5),
  p99: quantile(took, 0.99),
});
