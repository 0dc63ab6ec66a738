import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { Refusal } from "@/server/kernel/errors";
import { startRun } from "@/server/runs";
import { planlessTenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { rounded } from "../load/report";
import { type Asked, type Ground, onGround } from "./ground";
import type { ChaosReport } from "./report";

const WORKERS = 2;
const HEAP_MB = 256;
const TENANTS = 10;
const INPUT_CHARACTERS = 50_000;
const AT_ONCE = 8;
const LOOK_MS = 250;
const DONE_WITHIN_MS = 600_000;

/** Memory of a process, in MB, as the kernel counts it. */
export function rssMb(pid: number | undefined): number {
  const found = pid === undefined ? null : /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(found?.[1] ?? 0) / 1_024;
}

/** A burst of runs with heavy inputs, of many tenants at once. Gives how many were accepted and how many refused. */
async function burst({ database }: Ground, runs: number): Promise<{ accepted: number; refused: number }> {
  const starts: (() => Promise<unknown>)[] = [];
  const note = "x".repeat(INPUT_CHARACTERS);
  for (let nth = 0; nth < TENANTS; nth += 1) {
    const { as } = await planlessTenantWith(database, ["workflow_author", "workflow_reviewer", "operator"]);
    const steps = Array.from({ length: 5 }, (_, at) => ({
      ...{ id: `s${at}`, type: "transform", expression: "input.order & $string($length(input.order))" },
      ...(at < 4 ? { next: `s${at + 1}` } : {}),
    }));
    const { workflowId } = await makePublished(as, { input: { order: { type: "string" } }, steps });
    for (let at = nth; at < runs; at += TENANTS)
      starts.push(() => startRun(as.operator, { workflowId, input: { order: note } }));
  }
  let refused = 0;
  const left = starts.values();
  const begin = async () => {
    for (const start of left)
      await start().catch((error: unknown) => {
        if (!(error instanceof Refusal) || error.code !== "LimitReached") throw error;
        refused += 1;
      });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, begin));
  return { accepted: runs - refused, refused };
}

/** Gives workers little memory and a burst of `count` heavy runs: they queue or are refused, and no process runs out of it. */
export const run = ({ count, seed, say }: Asked): Promise<ChaosReport> =>
  onGround(
    {
      ...{ name: "memory", workers: WORKERS, isHostile: false, seed, say },
      settings: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` },
    },
    async (ground) => {
      const { fleet } = ground.scene;
      const { accepted, refused } = await burst(ground, count);
      say(`${accepted} runs accepted, ${refused} refused`);
      const deadline = performance.now() + DONE_WITHIN_MS;
      let most = 0;
      while ((await ground.countOpen()) > 0 && performance.now() < deadline) {
        most = Math.max(most, ...fleet.ready().map(({ child }) => rssMb(child.pid)));
        await setTimeout(LOOK_MS);
      }
      const left = await ground.countOpen();
      const ended = fleet.started() - WORKERS;
      const desk = ground.openDesk();
      const { evidence: _evidence, figures, ...report } = await ground.judge(desk);
      return {
        ...report,
        figures: {
          burst: { value: accepted, unit: `heavy runs accepted; ${refused} refused` },
          rssMost: { value: rounded(most, 0), unit: `MB that a worker had at most, of ${HEAP_MB} MB of heap` },
          ...figures,
        },
        violations: [
          ...(ended === 0 ? [] : [{ rule: "no process runs out of memory", words: `${ended} workers ended` }]),
          ...(left === 0 ? [] : [{ rule: "a burst is worked off", words: `${left} runs are still open` }]),
          ...report.violations,
        ],
      };
    },
  );
