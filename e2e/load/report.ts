/** One measured figure with its unit. */
export interface Figure {
  value: number;
  unit: string;
}

/** What one round of a peer measured, in milliseconds where it is no rate; `…Alone` is one run at a time. */
export interface PeerRound {
  stepsPerSecond: number;
  p50: number;
  p99: number;
  p50Alone: number;
  p99Alone: number;
}

/** Another product at the same work: its best round. */
export interface Peer extends PeerRound {
  package: string;
  version: string;
  /** The product's rate over the peer's. */
  ratio: number;
  /** As in the report, while the peer was measured. */
  foreignCpuCores: number;
  void: boolean;
  runs: PeerRound[];
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
  /** Others at the same work on the same Postgres, by name. */
  peers?: Record<string, Peer>;
}

/** Above this, a run does not count. */
export const FOREIGN_CORES_MAX = 0.35;

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

const busy = (cores: number, isVoid: boolean) => `${cores} cores${isVoid ? " — void: the machine was busy" : ""}`;

const peerText = (name: string, { version, ratio, foreignCpuCores, void: isVoid, ...of }: Peer) => [
  `  ${name} ${version}: ${of.stepsPerSecond} steps/s, p50 ${of.p50} ms, p99 ${of.p99} ms (alone ${of.p50Alone}, ${of.p99Alone})`,
  `    ratio to it: ${ratio}; other processes: ${busy(foreignCpuCores, isVoid)}`,
];

/** The report as people read it. */
export function reportText({ name, figures, floor, ratio, foreignCpuCores, void: isVoid, peers = {} }: Report): string {
  const rows = Object.entries({ ...figures, floor }).map(([key, { value, unit }]) => `  ${key}: ${value} ${unit}`);
  const other = `  other processes: ${busy(foreignCpuCores, isVoid)}`;
  const others = Object.entries(peers).flatMap(([key, peer]) => peerText(key, peer));
  return [name, ...rows, `  ratio to the floor: ${ratio}`, other, ...others, ""].join("\n");
}
