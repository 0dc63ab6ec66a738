import { type Figure, rounded } from "../load/report";
import { quantile } from "../load/latencies";
import type { Evidence, Fault } from "./evidence";
import type { Violation } from "./oracle";
import type { Takeover } from "./witness";

/** What a run of chaos answers. */
export interface ChaosReport {
  name: string;
  /** Makes the same choices again; the machine's own timing stays its own. */
  seed: number;
  figures: Record<string, Figure>;
  /** How often each was done; kills by the point at which they came. */
  faults: Record<string, number>;
  violations: Violation[];
  /** Why nothing was done, where something that is needed is not to be had here. */
  skipped?: string;
}

export interface Measures {
  evidence: Evidence;
  takeovers: readonly Takeover[];
  kills: readonly number[];
  seconds: number;
}

/** Repeated requests: those beyond the first of each key. */
const repeatsOf = ({ hits }: Evidence) => hits.length - new Set(hits.map(({ key }) => key)).size;

const waited = (takeovers: readonly Takeover[], q: number) =>
  rounded(
    quantile(
      takeovers.map(({ at, until }) => until - at),
      q,
    ) / 1_000,
  );

export function figuresOf({ evidence, takeovers, kills, seconds }: Measures): Record<string, Figure> {
  // A call with which a second worker has died may be what kills them: such calls are taken up one at a time.
  const [suspects, ordinary] = [
    takeovers.filter(({ crashes }) => crashes > 1),
    takeovers.filter(({ crashes }) => crashes < 2),
  ];
  const steps = [...evidence.runs.values()].flat().flatMap((run) => Object.values(run.steps));
  const killed = evidence.accepted.filter(({ killedAt }) => killedAt !== null).length;
  return {
    runs: { value: evidence.accepted.length, unit: "runs accepted" },
    steps: { value: steps.filter((status) => status === "succeeded").length, unit: "steps finished" },
    requests: { value: evidence.hits.length, unit: "requests that reached the target" },
    repeats: { value: repeatsOf(evidence), unit: "of them repeats, each with the key of the first" },
    killedRuns: { value: killed, unit: "runs killed by a person" },
    killP99: { value: quantile(kills, 0.99), unit: "ms until a kill was confirmed, beside all this" },
    takeovers: { value: ordinary.length, unit: "calls taken over from a worker that died" },
    takeoverP50: { value: waited(ordinary, 0.5), unit: "s until another worker had half of them" },
    takeoverP99: { value: waited(ordinary, 0.99), unit: "s until another worker had all but one in a hundred" },
    suspects: { value: suspects.length, unit: "calls with which more than one worker died, taken up one at a time" },
    suspectP99: { value: waited(suspects, 0.99), unit: "s until another worker had all but one in a hundred of those" },
    stalls: { value: evidence.stalls.length, unit: "times that a commit of the witness took more than a second" },
    took: { value: rounded(seconds, 0), unit: "s" },
  };
}

/** A takeover that takes longer than a lease and two polls waited for something else (milliseconds). */
const SLOW_MS = 10_000;

/** Each slow takeover in words, with what happened to the system meanwhile. */
export const slowTakeovers = (takeovers: readonly Takeover[], faults: readonly Fault[]): string[] =>
  takeovers
    .filter(({ at, until }) => until - at > SLOW_MS)
    .map(({ key, at, until, crashes }) => {
      const meanwhile = faults
        .filter((fault) => fault.at <= until && fault.until >= at && fault.at !== at)
        .map((fault) => `${fault.kind} at ${Math.round(fault.at - at)} to ${Math.round(fault.until - at)} ms`);
      return `${key} waited ${Math.round(until - at)} ms, after ${crashes} deaths: ${meanwhile.join(", ")}`;
    });

export function faultsOf({ faults }: Evidence): Record<string, number> {
  const names = faults.map(({ kind, point }) => (kind === "kill" ? `kill, ${point ?? "any"}` : kind));
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}

/** Of each rule the first few that broke it. */
const SHOWN = 5;

/** The report as people read it. */
export function chaosText({ name, seed, figures, faults, violations, skipped }: ChaosReport): string {
  if (skipped !== undefined) return `${name}, seed ${seed}\n  - skipped: ${skipped}\n`;
  const rows = Object.entries(figures).map(([key, { value, unit }]) => `  ${key}: ${value} ${unit}`);
  const done = Object.entries(faults).map(([kind, count]) => `${count} × ${kind}`);
  const broken = [...Map.groupBy(violations, ({ rule }) => rule)].flatMap(([rule, all]) => [
    `  ✗ ${rule} (${all.length})`,
    ...all.slice(0, SHOWN).map(({ words }) => `      ${words}`),
  ]);
  const verdict = violations.length === 0 ? ["  ✓ everything promised was kept"] : broken;
  return [`${name}, seed ${seed}`, ...rows, `  faults: ${done.join(", ")}`, ...verdict, ""].join("\n");
}
