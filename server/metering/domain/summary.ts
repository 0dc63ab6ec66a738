import type { DurationBand } from "./weights";

/** What tasks used together. */
export interface Use {
  tasks: number;
  /** Thousandths of a reference task. */
  weightMilli: number;
  /** Of inputs and outputs, as JSON. */
  bytes: number;
  externalCalls: number;
}

/** What was used on one day by tasks of one type that took about as long. */
export interface UsePart extends Use {
  /** `YYYY-MM-DD`, UTC. */
  day: string;
  taskType: string;
  durationBand: DurationBand;
}

export interface Summary {
  total: Use;
  /** One entry per day asked for, those without use too. */
  days: ({ day: string } & Use)[];
  /** The heaviest first. */
  types: ({ taskType: string } & Use)[];
  bands: ({ durationBand: DurationBand } & Use)[];
}

const NOTHING: Use = { tasks: 0, weightMilli: 0, bytes: 0, externalCalls: 0 };

const sum = (parts: readonly Use[]): Use =>
  parts.reduce<Use>(
    (all, part) => ({
      tasks: all.tasks + part.tasks,
      weightMilli: all.weightMilli + part.weightMilli,
      bytes: all.bytes + part.bytes,
      externalCalls: all.externalCalls + part.externalCalls,
    }),
    NOTHING,
  );

/** Adds parts up, in all and by day, type and duration: each of the three adds up to the same total. */
export function summarise(parts: readonly UsePart[], days: readonly string[]): Summary {
  const byDay = Map.groupBy(parts, ({ day }) => day);
  const byType = Map.groupBy(parts, ({ taskType }) => taskType);
  const byBand = Map.groupBy(parts, ({ durationBand }) => durationBand);
  return {
    total: sum(parts),
    days: [...new Set([...days, ...byDay.keys()])].sort().map((day) => ({ day, ...sum(byDay.get(day) ?? []) })),
    types: [...byType]
      .map(([taskType, ofType]) => ({ taskType, ...sum(ofType) }))
      .sort((a, b) => b.weightMilli - a.weightMilli || a.taskType.localeCompare(b.taskType)),
    bands: [...byBand].map(([durationBand, ofBand]) => ({ durationBand, ...sum(ofBand) })),
  };
}
