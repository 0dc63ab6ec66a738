import { z } from "zod";
import { ownAssumptionsSchema, type OwnAssumptions } from "@/server/pricing/domain/own-tco";
import {
  HIGHEST,
  PRICED_ADD_ONS,
  type Scenario,
  SCENARIO_NAMES,
  scenarioUsage,
  type Usage,
  usageSchema,
} from "@/server/pricing/domain/usage";

type Params = Readonly<Record<string, string | string[] | undefined>>;

/** What a form asks about, as it was written, and what is wrong with it by field. */
export interface AskedUsage {
  usage: Usage;
  own: OwnAssumptions;
  fields: Readonly<Record<FieldName, string>>;
  /** One sentence per field that was not understood; such a field counts as the preset has it. */
  faults: readonly (readonly [FieldName, string])[];
}

export const FIELDS = {
  ...{ runs: "Runs a month", tasks: "Tasks per run", weight: "Weight of a task", seats: "Seats" },
  ...{ discount: "Discount, %", rate: "Your people, $ an hour", hand: "Minutes by hand per run" },
} as const;
export type FieldName = keyof typeof FIELDS;

const number = (highest: number, decimals: number) => ({ highest, decimals });
const BOUNDS: Readonly<Record<FieldName, { highest: number; decimals: number }>> = {
  ...{
    runs: number(HIGHEST.runs, 0),
    tasks: number(HIGHEST.tasksPerRun, 0),
    weight: number(HIGHEST.weightMilli / 1_000, 3),
  },
  ...{ seats: number(HIGHEST.seats, 0), discount: number(HIGHEST.discountMilli / 10, 1) },
  ...{ rate: number(1_000, 2), hand: number(10_000, 0) },
};

const text = z.string().max(40).optional().catch(undefined);

/** A decimal text as a whole number of its smallest unit; null for what is no such number, or too large. */
function unitsIn(written: string, { highest, decimals }: { highest: number; decimals: number }): number | null {
  const parts = /^(\d{1,12})(?:[.](\d+))?$/.exec(written.trim());
  const fraction = parts?.[2]?.replace(/0+$/, "") ?? "";
  if (parts === null || fraction.length > decimals || Number(written) > highest) return null;
  return Number(`${parts[1] ?? ""}${fraction.padEnd(decimals, "0")}`);
}

const isScenario = (word: string | undefined): word is Scenario =>
  (SCENARIO_NAMES as readonly (string | undefined)[]).includes(word);

function writtenOf(preset: Usage, own: OwnAssumptions): Record<FieldName, string> {
  return {
    ...{ runs: String(preset.runs), tasks: String(preset.tasksPerRun), weight: String(preset.weightMilli / 1_000) },
    ...{ seats: String(preset.seats), discount: String(preset.discountMilli / 10) },
    ...{ rate: String(own.centsPerHour / 100), hand: String(own.handMinutesPerRun) },
  };
}

/** Reads a month out of the address: fields that are there, else those of the preset that is named, else of the middle one. */
export function readUsageParams(params: Params, used?: Partial<Usage>): AskedUsage {
  const given = (name: string) => text.parse(params[name]);
  const preset = given("preset");
  const basis: Usage = { ...scenarioUsage(isScenario(preset) ? preset : "mid"), ...(preset === "used" ? used : {}) };
  const ownBasis = ownAssumptionsSchema.parse({});
  const [fields, units] = [writtenOf(basis, ownBasis), {} as Partial<Record<FieldName, number>>];
  const faults: [FieldName, string][] = [];
  for (const name of Object.keys(FIELDS) as FieldName[]) {
    const bounds = BOUNDS[name];
    const written = given(name);
    const read = unitsIn(written ?? fields[name], bounds);
    if (read === null) {
      const kind = bounds.decimals === 0 ? "a whole number" : `a number with ${bounds.decimals} decimals at most,`;
      faults.push([name, `${FIELDS[name]}: it must be ${kind} from 0 to ${bounds.highest.toLocaleString("en-GB")}.`]);
    }
    units[name] = read ?? unitsIn(fields[name], bounds) ?? 0;
    if (written !== undefined) fields[name] = written;
  }
  // A form that was sent says of each box whether it was ticked by leaving it out.
  const isSent = given("runs") !== undefined;
  const usage = usageSchema.parse({
    plan: usageSchema.shape.plan.catch(basis.plan).parse(given("plan")),
    ...{
      runs: units.runs,
      tasksPerRun: units.tasks,
      weightMilli: units.weight,
      seats: units.seats,
      discountMilli: units.discount,
    },
    addons: PRICED_ADD_ONS.filter((name) => (isSent ? given(name) === "on" : basis.addons.includes(name))),
  });
  const own = { ...ownBasis, centsPerHour: units.rate ?? 0, handMinutesPerRun: units.hand ?? 0 };
  return { usage, own, fields, faults };
}
