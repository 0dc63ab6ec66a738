import type { CostTerm } from "./cost-terms";
import { billOf, type PlanPrices, totalOf } from "./list-price";
import { type Model, termsOf } from "./quote";
import type { Usage } from "./usage";

/** The least, the likeliest and the most that something is of what is assumed. Each is drawn by itself: no correlation. */
const TRIANGLES = {
  runs: [0.5, 1, 1.8],
  weight: [0.7, 1, 1.6],
  compute: [0.8, 1, 1.4],
  utilisation: [0.6, 1, 1.2],
  evidence: [0.5, 1, 3],
  support: [0.7, 1, 2.2],
} as const;
type Draw = Record<keyof typeof TRIANGLES, number>;

/** A margin below the floor may come up this often before it is worth a warning. */
export const RISK_HIGHEST = 0.05;
const DEFAULT_DRAWS = { seed: 42, draws: 10_000 } as const;

export interface MonteCarlo {
  seed: number;
  draws: number;
  gmP5: number;
  gmP50: number;
  gmP95: number;
  gpP5: number;
  gpP50: number;
  gpP95: number;
  probBelowFloor: number;
  floor: number;
}

/** Mulberry32 (public domain, Tommy Ettinger): the same seed gives the same numbers from 0 up to 1, everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function triangular(u: number, [least, likeliest, most]: readonly [number, number, number]): number {
  const turn = (likeliest - least) / (most - least);
  return u < turn
    ? least + Math.sqrt(u * (most - least) * (likeliest - least))
    : most - Math.sqrt((1 - u) * (most - least) * (most - likeliest));
}

// The order of draws is part of what a seed means.
const drawOf = (next: () => number): Draw => ({
  runs: triangular(next(), TRIANGLES.runs),
  weight: triangular(next(), TRIANGLES.weight),
  compute: triangular(next(), TRIANGLES.compute),
  utilisation: triangular(next(), TRIANGLES.utilisation),
  evidence: triangular(next(), TRIANGLES.evidence),
  support: triangular(next(), TRIANGLES.support),
});

function graduatedDollars(tiers: readonly { end: number; dollars: number }[], wu: number): number {
  let [from, sum] = [0, 0];
  for (const { end, dollars } of tiers) {
    if (wu <= from) break;
    sum += (Math.min(wu, end) - from) * dollars;
    from = end;
  }
  return sum;
}

const tiersOf = ({ tiers }: PlanPrices) =>
  tiers.map(({ upToWu, centsPerWu }) => ({ end: upToWu ?? Infinity, dollars: Number(centsPerWu) / 100 }));

/** How often each term of the costs is counted, with what was drawn for it. */
function factorOf({ drivers }: CostTerm, draw: Draw): number {
  let factor = 1;
  for (const driver of drivers) factor = driver === "utilisation" ? factor / draw.utilisation : factor * draw[driver];
  return factor;
}

/**
 * Profit and payment, in dollars, of one draw after another. The terms of an exact quote, evaluated as floating-point
 * numbers: a draw is an estimate, and its error lies far below what chance does.
 */
function sampler(model: Model, usage: Usage): (draw: Draw) => { gp: number; net: number } {
  const prices = model.prices[usage.plan];
  const terms = termsOf(model, usage).map((term) => ({
    ...{ term, dollars: Number(term.nano) / Number(term.divisor) / 1e9 },
  }));
  const [tiers, fixed] = [tiersOf(prices), totalOf({ ...billOf(prices, usage), usage: 0 }) / 100];
  const [fee, perInvoice] = [Number(model.costs.feeMilli.value) / 1_000, Number(model.costs.feeCents.value) / 100];
  return (draw) => {
    const run = usage.runs * draw.runs;
    const task = run * usage.tasksPerRun;
    const wu = (task * usage.weightMilli * draw.weight) / 1_000;
    const counts = { run, task, wu, month: 1 };
    const net = (fixed + graduatedDollars(tiers, wu)) * (1 - usage.discountMilli / 1_000);
    let cost = net * fee + perInvoice;
    for (const { term, dollars } of terms) cost += dollars * counts[term.per] * factorOf(term, draw);
    return { gp: net - cost, net };
  };
}

const percentile = (sorted: Float64Array, p: number): number => sorted[Math.floor(p * (sorted.length - 1))] ?? 0;
const hundredths = (value: number) => Math.round(value * 100) / 100;

/**
 * Draws in portions, with a pause for whoever computes beside them after each: iterate to the end, which returns the outcome.
 * Money in dollars, margins in percent.
 */
export function* monteCarloSteps(
  model: Model,
  usage: Usage,
  { seed, draws }: { seed: number; draws: number } = DEFAULT_DRAWS,
): Generator<void, MonteCarlo> {
  const [next, sample] = [mulberry32(seed), sampler(model, usage)];
  const [margins, profits] = [new Float64Array(draws), new Float64Array(draws)];
  const floor = Number(model.planCosts[usage.plan].floorMilli) / 10;
  let below = 0;
  for (let nth = 0; nth < draws; nth += 1) {
    const { gp, net } = sample(drawOf(next));
    margins[nth] = (gp / net) * 100;
    profits[nth] = gp;
    if ((gp / net) * 100 < floor) below += 1;
    if (nth % 1_000 === 999) yield;
  }
  margins.sort();
  profits.sort();
  const at = (sorted: Float64Array) => [0.05, 0.5, 0.95].map((p) => hundredths(percentile(sorted, p)));
  const [gmP5 = 0, gmP50 = 0, gmP95 = 0] = at(margins);
  const [gpP5 = 0, gpP50 = 0, gpP95 = 0] = at(profits);
  return { seed, draws, gmP5, gmP50, gmP95, gpP5, gpP50, gpP95, probBelowFloor: below / draws, floor };
}

/** The same in one go, for whoever has nothing else to do. */
export function monteCarlo(
  model: Model,
  usage: Usage,
  asked: { seed: number; draws: number } = DEFAULT_DRAWS,
): MonteCarlo {
  const steps = monteCarloSteps(model, usage, asked);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Whether the margin falls below its floor more often than it may. Only a warning: nobody is refused for chance. */
export const riskGuardrail = ({ probBelowFloor }: MonteCarlo): "ok" | "warn" =>
  probBelowFloor <= RISK_HIGHEST ? "ok" : "warn";
