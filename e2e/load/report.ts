/** One measured figure with its unit. */
export interface Figure {
  value: number;
  unit: string;
}

/** What every benchmark answers. */
export interface Report {
  name: string;
  figures: Record<string, Figure>;
  /** The floor of the same run. */
  floor: Figure;
  /** The product's rate over the floor's, the best of the runs. */
  ratio: number;
  /** Cores that processes other than ours used while it ran. */
  foreignCpuCores: number;
  /** True when the machine was too busy with other things for the figures to count. */
  void: boolean;
  runs: Record<string, number>[];
}

/** Above this, a run does not count. */
export const FOREIGN_CORES_MAX = 0.35;

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** The report as people read it. */
export function reportText({ name, figures, floor, ratio, foreignCpuCores, void: isVoid }: Report): string {
  const rows = Object.entries({ ...figures, floor }).map(([key, { value, unit }]) => `  ${key}: ${value} ${unit}`);
  const other = `  other processes: ${foreignCpuCores} cores${isVoid ? " — void: the machine was busy" : ""}`;
  return [name, ...rows, `  ratio to the floor: ${ratio}`, other, ""].join("\n");
}
