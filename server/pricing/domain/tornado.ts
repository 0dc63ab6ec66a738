import { halfUp } from "./money";
import { type Model, type PriceDrift, type Quote, quoteDrifted } from "./quote";
import type { UnitCost, UnitCosts } from "./unit-costs";
import type { Usage } from "./usage";

/** Name, then margin in points and profit in dollars, each at a fifth less and a fifth more of it. */
export type TornadoRow = readonly [name: string, gmLess: number, gmMore: number, gpLess: number, gpMore: number];

const SHIFTS = { less: 800n, more: 1_200n } as const;
type Shifted = (model: Model, usage: Usage, milli: bigint) => Quote;

const price =
  (part: keyof PriceDrift): Shifted =>
  (model, usage, milli) =>
    quoteDrifted(model, usage, { [part]: milli });
/** A unit cost stays a whole number of its unit, as the table has it. */
const cost =
  (...names: (keyof UnitCosts)[]): Shifted =>
  (model, usage, milli) => {
    const shifted = names.map((name): [string, UnitCost] => {
      const each: UnitCost = model.costs[name];
      return [name, { ...each, value: halfUp(each.value * milli, 1_000n) }];
    });
    return quoteDrifted({ ...model, costs: { ...model.costs, ...Object.fromEntries(shifted) } }, usage);
  };
const fixed: Shifted = (model, usage, milli) => {
  const plan = model.planCosts[usage.plan];
  const planCosts = {
    ...model.planCosts,
    [usage.plan]: { ...plan, fixedCents: halfUp(plan.fixedCents * milli, 1_000n) },
  };
  return quoteDrifted({ ...model, planCosts }, usage);
};
/** Runs, weights and seats come in whole ones. */
const use =
  (field: "runs" | "weightMilli" | "seats"): Shifted =>
  (model, usage, milli) =>
    quoteDrifted(model, { ...usage, [field]: Number(halfUp(BigInt(usage[field]) * milli, 1_000n)) });

const DRIVERS: readonly (readonly [name: string, Shifted])[] = [
  ["list price (all)", price("price")],
  ["seats", use("seats")],
  ["runs", use("runs")],
  ["complexity weight", use("weightMilli")],
  ["overage rate", price("overage")],
  ["compute unit cost", cost("vcpuSecond", "gibSecond")],
  ["utilisation", cost("reservedUseMilli", "onDemandUseMilli")],
  ["db cost/task", cost("dbTask")],
  ["evidence KB/WU", cost("evidenceKbPerWu")],
  ["support $/min", cost("supportMinute")],
  ["fixed overhead", fixed],
];

/** What a fifth less and a fifth more of each thing does, one at a time; what moves the margin most comes first. */
export function tornado(model: Model, usage: Usage): TornadoRow[] {
  const { gmBp, gp } = quoteDrifted(model, usage);
  const rows = DRIVERS.map(([name, shifted]) => {
    const [less, more] = [shifted(model, usage, SHIFTS.less), shifted(model, usage, SHIFTS.more)];
    return { name, gm: [less.gmBp - gmBp, more.gmBp - gmBp] as const, gp: [less.gp - gp, more.gp - gp] as const };
  });
  const spread = ({ gm }: (typeof rows)[number]) => Math.abs(gm[1] - gm[0]);
  return rows
    .sort((a, b) => spread(b) - spread(a))
    .map(({ name, gm, gp: cents }) => [name, gm[0] / 100, gm[1] / 100, cents[0] / 100, cents[1] / 100]);
}
