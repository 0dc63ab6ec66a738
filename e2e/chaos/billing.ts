import { randomBytes } from "node:crypto";
import { startTestCluster } from "@/db/testing/cluster";
import { rounded } from "../load/report";
import { type Outcome, runSchedule } from "./billing/schedule";
import { openStage } from "./billing/stage";
import type { Breakage } from "./billing/world";
import type { Asked } from "./ground";
import type { Violation } from "./oracle";
import type { ChaosReport } from "./report";

/** Schedules side by side, each on a database of its own: while one waits for Postgres, another computes. */
const SIDE_BY_SIDE = 3;
const TELL_EVERY = 500;

interface Told {
  violations: Violation[];
  counts: Record<string, number>;
  schedules: number;
}

interface Schedules extends Asked {
  breakage?: Breakage | null;
  /** Ends with the first violation. */
  untilSeen?: boolean;
}

/** Whatever the product throws that is no refusal and no disturbance is broken too. */
const broken = (seed: number, error: unknown): Outcome => ({
  violations: [
    {
      rule: "no schedule breaks",
      words: `seed ${seed}: ${error instanceof Error ? (error.stack ?? "") : String(error)}`,
    },
  ],
  counts: {},
});

/** Runs schedules of the seeds from `seed` on, on clones of a migrated database. */
export async function runSchedules(templateUrl: string, asked: Schedules): Promise<Told> {
  const { count, seed, say, breakage = null, untilSeen = false } = asked;
  const told: Told = { violations: [], counts: {}, schedules: 0 };
  const seeds = Array.from({ length: count }, (_, nth) => seed + nth).values();
  const note = ({ violations, counts }: Outcome) => {
    told.violations.push(...violations);
    told.schedules += 1;
    for (const [what, times] of Object.entries(counts)) told.counts[what] = (told.counts[what] ?? 0) + times;
    if (told.schedules % TELL_EVERY === 0) say(`${told.schedules} schedules, ${told.violations.length} violations`);
  };
  const work = async () => {
    const name = `chaos_billing_${randomBytes(6).toString("hex")}`;
    const { stage, clear, end } = await openStage(templateUrl, name, breakage);
    try {
      for (const each of seeds) {
        if (untilSeen && told.violations.length > 0) return;
        note(await runSchedule(stage, each).catch((error: unknown) => broken(each, error)));
        await clear();
      }
    } finally {
      await end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, count) }, work));
  return told;
}

/**
 * Runs `count` schedules of purchases, changes and use against the billing sandbox within this process and a real Postgres, with the
 * product's own functions, and compares what stands at the end with what was promised. A schedule is its seed's alone: the same one
 * again is `--seed <n> --count 1`.
 */
export async function run({ count, seed, say }: Asked): Promise<ChaosReport> {
  const cluster = await startTestCluster();
  const begun = performance.now();
  const before = process.cpuUsage();
  try {
    const { violations, counts } = await runSchedules(cluster.templateUrl, { count, seed, say });
    const { user, system } = process.cpuUsage(before);
    const figure = (what: string, unit: string) => ({ value: counts[what] ?? 0, unit });
    const seconds = (performance.now() - begun) / 1_000;
    return {
      ...{ name: "billing", seed, violations },
      figures: {
        schedules: { value: count, unit: "schedules of one tenant each" },
        told: figure("told of all", "of them told of everything before the comparison"),
        syncs: figure("sync", "fetches of a customer"),
        pushes: figure("push", "times that use was told"),
        paid: figure("purchase paid", "purchases paid"),
        took: { value: rounded(seconds, 0), unit: "s" },
        each: { value: rounded((seconds * 1_000) / count, 1), unit: "ms for each" },
        processor: { value: rounded((user + system) / 1_000_000, 0), unit: "s of processor time, Postgres besides" },
      },
      faults: Object.fromEntries(Object.entries(counts).sort(([a], [b]) => a.localeCompare(b))),
    };
  } finally {
    await cluster.stop();
  }
}
