import { setTimeout } from "node:timers/promises";
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from "@/server/testing/small-disk";
import { quantile } from "../load/latencies";
import { rounded } from "../load/report";
import { type Asked, type Ground, onGround } from "./ground";
import type { Violation } from "./oracle";
import type { Desk } from "./orders-desk";
import type { ChaosReport } from "./report";

const WORKERS = 2;
/** Room for the cluster, its log and what a scenario writes. */
const DISK_MB = 300;
/** It is full for so long after the first refusal, which comes when Postgres needs a page more. */
const FULL_FOR_MS = 2_000;
const REFUSED_WITHIN_MS = 60_000;
const REST_MS = 2_000;
/** By itself, without an operator (milliseconds). */
const BACK_WITHIN_MS = 30_000;
const LOOK_MS = 50;
/** What was freed by Postgres itself meanwhile is taken too. */
const REFILL_MS = 200;

/** Waits for the next start that is accepted; the moment, or null when none is in time. */
async function untilAccepted({ accepted }: Desk, withinMs: number): Promise<number | null> {
  const before = accepted.length;
  const from = performance.now();
  while (accepted.length === before) {
    if (performance.now() - from > withinMs) return null;
    await setTimeout(LOOK_MS);
  }
  return performance.now() - from;
}

/** Fills the disk to its last byte until starts are refused; gives the milliseconds until one was accepted again. */
async function fillOnce({ scene }: Ground, disk: SmallDisk, desk: Desk): Promise<number | null> {
  const at = performance.now();
  const fault = { kind: "full-disk" as const, worker: null, at, until: Number.POSITIVE_INFINITY };
  scene.faults.push(fault);
  const before = desk.refusals();
  let refusedAt = Number.POSITIVE_INFINITY;
  while (performance.now() < Math.min(refusedAt + FULL_FOR_MS, at + REFUSED_WITHIN_MS)) {
    disk.fill();
    await setTimeout(REFILL_MS);
    if (desk.refusals() > before) refusedAt = Math.min(refusedAt, performance.now());
  }
  disk.free();
  const tookMs = await untilAccepted(desk, BACK_WITHIN_MS);
  fault.until = performance.now();
  return tookMs;
}

/**
 * Fills Postgres' disk while runs are under way, `count` times: what was accepted is carried out, once, and starts are
 * accepted again without anybody's help. Needs to mount a disk in memory; says so where it may not.
 */
export async function run({ count, seed, say }: Asked): Promise<ChaosReport> {
  const skipped = whyNoSmallDisk();
  if (skipped !== null) return { name: "full-disk", seed, figures: {}, faults: {}, violations: [], skipped };
  const disk = mountSmallDisk(DISK_MB);
  const options = { name: "full-disk", workers: WORKERS, isHostile: false, dataFolder: disk.folder, seed, say };
  try {
    return await onGround(options, async (ground) => {
      const desk = ground.openDesk();
      const back: number[] = [];
      const violations: Violation[] = [];
      for (let nth = 1; nth <= count; nth += 1) {
        await untilAccepted(desk, BACK_WITHIN_MS);
        await setTimeout(REST_MS * ground.scene.chance());
        const tookMs = await fillOnce(ground, disk, desk);
        say(`${nth}: a start was accepted ${tookMs === null ? "no more" : `after ${Math.round(tookMs)} ms`}`);
        if (tookMs !== null) back.push(tookMs);
        else violations.push({ rule: "it recovers by itself", words: `not within ${BACK_WITHIN_MS} ms, time ${nth}` });
      }
      const { evidence: _evidence, figures, ...report } = await ground.judge(desk);
      return {
        ...report,
        figures: {
          full: { value: count, unit: "times without a byte left" },
          refusals: { value: desk.refusals(), unit: "starts and kills refused for it" },
          backMost: { value: rounded(quantile(back, 1)), unit: "ms from then until a start was accepted, at most" },
          ...figures,
        },
        violations: [
          ...(desk.refusals() >= count ? [] : [{ rule: "a full disk is told", words: "nothing was refused" }]),
          ...violations,
          ...report.violations,
        ],
      };
    });
  } finally {
    disk.free();
    disk.unmount();
  }
}
