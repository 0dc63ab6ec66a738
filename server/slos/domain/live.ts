import { countsFor, type Fact } from "./event";
import type { SloSpec } from "./slo";

/** One of everything that the product tells of itself. */
const FACTS: readonly Fact[] = [
  { kind: "run", status: "succeeded", executionClass: "standard", workedMs: 0 },
  { kind: "decisions", good: 1, total: 1 },
  { kind: "timed", sli: "incident-path-latency", tookMs: 0 },
  { kind: "timed", sli: "compliance-path-latency", tookMs: 0 },
];

/** Whether anything that happens counts for an objective; one for which nothing does would be met by silence. */
export const isLive = (spec: SloSpec): boolean => FACTS.some((fact) => countsFor(spec, fact) !== null);
