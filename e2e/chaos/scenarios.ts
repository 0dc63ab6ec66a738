import type { Asked } from "./ground";
import type { ChaosReport } from "./report";

interface Scenario {
  /** What is counted. */
  unit: string;
  /** How often, in CI and at full length. */
  few: number;
  /** With which CI begins, in place of a new one each time: it says the same of the same code. */
  seed?: number;
  full: number;
  /** It serves pages, and so needs the product built. */
  isBuilt?: true;
  /** Whether it passes depends on how long something takes, and so it has the machine to itself. */
  isTimed?: true;
  load: () => Promise<{ run: (asked: Asked) => Promise<ChaosReport> }>;
}

/** Everything that can be disturbed, by name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  runs: { unit: "worker processes killed", few: 25, full: 200, isTimed: true, load: () => import("./runs") },
  restarts: { unit: "workers restarted", few: 4, full: 30, isTimed: true, load: () => import("./restarts") },
  "web-restarts": {
    ...{ unit: "web servers restarted", few: 2, full: 30, isBuilt: true, isTimed: true },
    load: () => import("./web-restarts"),
  },
  "full-disk": { unit: "times that the disk is full", few: 2, full: 10, load: () => import("./full-disk") },
  "no-temp": { unit: "runs", few: 40, full: 1_000, load: () => import("./no-temp") },
  memory: { unit: "heavy runs", few: 200, full: 5_000, load: () => import("./memory") },
  "slow-targets": { unit: "targets", few: 40, full: 400, isTimed: true, load: () => import("./slow-targets") },
  conflicts: { unit: "runs", few: 60, full: 2_000, load: () => import("./conflicts") },
  bundles: { unit: "seeds", few: 1, full: 3, load: () => import("./bundles") },
  billing: { unit: "schedules", few: 500, seed: 838_404, full: 10_000, load: () => import("./billing") },
};
