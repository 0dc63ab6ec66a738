import { z } from "zod";

/** Plans with a price per month, from the smallest to the largest. */
export const PLANS = ["standard", "pro", "enterprise"] as const;
export type Plan = (typeof PLANS)[number];

export const PRICED_ADD_ONS = ["incident", "compliance"] as const;
export type PricedAddOn = (typeof PRICED_ADD_ONS)[number];

/** The most that is accepted of each number: with all of them at once, every line is still a whole number of cents. */
export const HIGHEST = {
  ...{ runs: 100_000_000, tasksPerRun: 10_000, weightMilli: 100_000, seats: 100_000 },
  /** A gift is no discount. */
  discountMilli: 999,
} as const;

function whole(highest: number) {
  const error = `must be a whole number from 0 to ${highest}`;
  return z.int({ error, abort: true }).min(0, { error, abort: true }).max(highest, { error });
}

/** A month of a tenant, as it is priced: one message per field that is none. */
export const usageSchema = z.strictObject({
  plan: z.enum(PLANS, { error: `must be one of ${PLANS.join(", ")}` }),
  runs: whole(HIGHEST.runs),
  tasksPerRun: whole(HIGHEST.tasksPerRun),
  /** The mean weight of a task, in thousandths of the reference task. */
  weightMilli: whole(HIGHEST.weightMilli),
  seats: whole(HIGHEST.seats),
  addons: z
    .array(z.enum(PRICED_ADD_ONS, { error: `must be one of ${PRICED_ADD_ONS.join(", ")}` }))
    .refine((addons) => new Set(addons).size === addons.length, { error: "must name each add-on once" }),
  /** Thousandths of the list price. */
  discountMilli: whole(HIGHEST.discountMilli).default(0),
});
export type Usage = z.output<typeof usageSchema>;

/** Tasks of a month, and what they weigh together in reference tasks, rounded to a whole one. */
export function quantitiesOf({ runs, tasksPerRun, weightMilli }: Usage): { runs: bigint; tasks: bigint; wu: bigint } {
  const tasks = BigInt(runs) * BigInt(tasksPerRun);
  return { runs: BigInt(runs), tasks, wu: (tasks * BigInt(weightMilli) + 500n) / 1_000n };
}

/** Three tenants that every change of prices or costs is looked at with. */
export const SCENARIOS = {
  small: { plan: "standard", runs: 1_200, tasksPerRun: 6, weightMilli: 1_200, seats: 4, addons: [], discountMilli: 0 },
  mid: {
    ...{ plan: "pro", runs: 15_000, tasksPerRun: 10, weightMilli: 1_600, seats: 25, discountMilli: 0 },
    addons: ["incident", "compliance"],
  },
  large: {
    ...{ plan: "enterprise", runs: 180_000, tasksPerRun: 14, weightMilli: 2_100, seats: 180, discountMilli: 0 },
    addons: ["incident", "compliance"],
  },
} as const satisfies Readonly<Record<string, Omit<Usage, "addons"> & { addons: readonly PricedAddOn[] }>>;
export type Scenario = keyof typeof SCENARIOS;
export const SCENARIO_NAMES = ["small", "mid", "large"] as const satisfies readonly Scenario[];

/** A scenario as a month to be priced. */
export const scenarioUsage = (name: Scenario): Usage => ({ ...SCENARIOS[name], addons: [...SCENARIOS[name].addons] });
