import type { PlanPrices } from "./list-price";
import { NANO_PER_CENT } from "./money";
import type { PlanCosts, UnitCosts } from "./unit-costs";
import type { Usage } from "./usage";

/** The lines of what a month costs us, but for the fee on what is paid. */
export const COST_LINES = ["compute", "db", "hot", "evidence", "notify", "addons", "fixed", "support"] as const;
export type CostLine = (typeof COST_LINES)[number];

/** What random draws make larger or smaller than assumed. */
export type CostDriver = "compute" | "utilisation" | "evidence" | "support";

/**
 * A part of a line: so many nano-USD, as a fraction, for each of what it counts. The one description of costs that exact
 * quotes and random draws both evaluate.
 */
export interface CostTerm {
  line: CostLine;
  per: "wu" | "task" | "run" | "month";
  nano: bigint;
  divisor: bigint;
  /** What it grows with; with better use of capacity it shrinks. */
  drivers: readonly CostDriver[];
}

function compute(costs: UnitCosts): CostTerm {
  const used =
    costs.vcpuSecondsPerWu.value * costs.vcpuSecond.value + costs.gibSecondsPerWu.value * costs.gibSecond.value;
  const [share, use, rest] = [costs.reservedMilli.value, costs.reservedUseMilli.value, costs.onDemandUseMilli.value];
  // f(1−d)/u + (1−f)/v over the common divisor 1000·u·v, all in thousandths.
  const nano = share * (1_000n - costs.reservedDiscountMilli.value) * rest + (1_000n - share) * 1_000n * use;
  return {
    ...{ line: "compute", per: "wu", drivers: ["compute", "utilisation"] },
    ...{ nano: used * nano, divisor: 1_000n * use * rest },
  };
}

/** Months that evidence is kept: of the plan, or of the compliance add-on. */
export const retentionOf = (prices: PlanPrices, { addons }: Pick<Usage, "addons">): number =>
  addons.includes("compliance") ? prices.complianceRetentionMonths : prices.retentionMonths;

// A GB has 10^6 KB.
const KB_PER_GB = 1_000_000n;

function storage(costs: UnitCosts, months: bigint): CostTerm[] {
  const gbMonthMilli = costs.objectGbMonth.value * 1_000n + costs.indexMilli.value * costs.hotGbMonth.value;
  return [
    {
      ...{ line: "hot", per: "task", divisor: KB_PER_GB, drivers: [] },
      nano: costs.hotKbPerTask.value * costs.hotMonths.value * costs.hotGbMonth.value,
    },
    {
      ...{ line: "evidence", per: "wu", divisor: KB_PER_GB * 1_000n, drivers: ["evidence"] },
      nano: costs.evidenceKbPerWu.value * months * gbMonthMilli,
    },
  ];
}

function addOns(costs: UnitCosts, { addons }: Usage): CostTerm[] {
  const line = { line: "addons", drivers: [] } as const;
  const incident: CostTerm[] = [
    { ...line, per: "month", nano: costs.incidentMonth.value, divisor: 1n },
    { ...line, per: "task", nano: costs.incidentsPer10kTasks.value * costs.incident.value, divisor: 10_000n },
  ];
  return [
    ...(addons.includes("incident") ? incident : []),
    ...(addons.includes("compliance")
      ? [{ ...line, per: "month" as const, nano: costs.complianceMonth.value, divisor: 1n }]
      : []),
  ];
}

/** Everything that a month of a tenant costs, but for the fee on what it pays. Evidence as it is once months of it are kept. */
export function costTerms(costs: UnitCosts, plan: PlanCosts, months: number, usage: Usage): CostTerm[] {
  const milliMinutes = plan.supportMilliMinutes + plan.supportMilliMinutesPerSeat * BigInt(usage.seats);
  return [
    compute(costs),
    { line: "db", per: "task", nano: costs.dbTask.value, divisor: 1n, drivers: [] },
    ...storage(costs, BigInt(months)),
    { line: "notify", per: "run", nano: costs.noticesPerRun.value * costs.notice.value, divisor: 1n, drivers: [] },
    ...addOns(costs, usage),
    { line: "fixed", per: "month", nano: plan.fixedCents * NANO_PER_CENT, divisor: 1n, drivers: [] },
    {
      ...{ line: "support", per: "month", drivers: ["support"] },
      ...{ nano: milliMinutes * costs.supportMinute.value, divisor: 1_000n },
    },
  ];
}
