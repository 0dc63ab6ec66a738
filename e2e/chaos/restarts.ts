import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { getRun, startRun } from "@/server/runs";
import { makePublished } from "@/server/testing/workflows";
import { quantile } from "../load/latencies";
import { rounded } from "../load/report";
import { oneOf } from "./chance";
import { untilReady } from "./faults";
import type { Worker } from "./fleet";
import { type Asked, type Ground, onGround } from "./ground";
import { lateSteps } from "./orders";
import type { Violation } from "./oracle";
import type { ChaosReport } from "./report";

const WORKERS = 3;
const REST_MS = 300;
/** What an operator's tools wait before they kill (milliseconds). */
const EXIT_WITHIN_MS = 10_000;
const ENDS_WITHIN_MS = 60_000;
const LOOK_MS = 100;

interface Exit {
  worker: string;
  ms: number;
  code: number | null;
}

/** Asks a worker to stop, as every orchestrator does, and tells how it left. */
async function restart({ child, name }: Worker): Promise<Exit> {
  const askedAt = performance.now();
  const ended = once(child, "exit") as Promise<[number | null]>;
  child.kill("SIGTERM");
  const [code] = await ended;
  return { worker: name, ms: performance.now() - askedAt, code };
}

const exitFaults = (exits: readonly Exit[]): Violation[] => [
  ...exits
    .filter(({ ms }) => ms > EXIT_WITHIN_MS)
    .map(({ worker, ms }) => ({
      rule: "a worker that is asked to stop leaves in time",
      words: `${worker} took ${Math.round(ms)} ms`,
    })),
  ...exits
    .filter(({ code }) => code !== 0)
    .map(({ worker, code }) => ({
      rule: "a worker that is asked to stop leaves in order",
      words: `${worker} ended with ${String(code)}`,
    })),
];

/** A step whose target takes longer than a stopping worker waits: it is given back, and asked again with the same key. */
async function restartInLateStep({ scene, target, people }: Ground): Promise<{ exit: Exit; violations: Violation[] }> {
  const rule = "what a worker could not finish is another's at once";
  const { workflowId } = await makePublished(people, {
    input: { order: { type: "string" } },
    steps: lateSteps(target.url),
  });
  const { runId } = await startRun(people.operator, { workflowId, input: { order: "late" } });
  const hits = () => target.hits.filter(({ order }) => order === "late");
  while (hits().length === 0) await setTimeout(LOOK_MS);
  const worker = scene.fleet.find(hits()[0]?.worker ?? "");
  if (worker === undefined) throw new Error("nobody knows whose request that was");
  const at = performance.now();
  const exit = await restart(worker);
  scene.faults.push({ kind: "restart", worker: worker.name, at, until: performance.now() });
  const deadline = performance.now() + ENDS_WITHIN_MS;
  const see = async () => (await getRun(people.operator, { runId })).status;
  while (performance.now() < deadline && (await see()) === "running") await setTimeout(LOOK_MS);
  const status = await see();
  const keys = new Set(hits().map(({ key }) => key));
  const isKept = status === "succeeded" && hits().length === 2 && keys.size === 1;
  const words = `its run is ${status} after ${hits().length} requests with ${keys.size} keys`;
  return { exit, violations: isKept ? [] : [{ rule, words }] };
}

/**
 * Restarts workers one after the other while they work (`count` times): nothing is lost, nothing is asked for twice, and each
 * leaves within ten seconds. At the end one is restarted in the middle of a step that takes longer than that.
 */
export const run = ({ count, seed, say }: Asked): Promise<ChaosReport> =>
  onGround({ name: "restarts", workers: WORKERS, isHostile: false, seed, say }, async (ground) => {
    const { scene } = ground;
    const desk = ground.openDesk();
    const exits: Exit[] = [];
    for (let nth = 1; nth <= count; nth += 1) {
      await setTimeout(REST_MS * scene.chance());
      const exit = await restart(oneOf(scene.chance, scene.fleet.ready()));
      exits.push(exit);
      say(`${nth}: ${exit.worker} left after ${Math.round(exit.ms)} ms`);
      await untilReady(scene, WORKERS);
    }
    const late = await restartInLateStep(ground);
    const { evidence: _evidence, figures, violations, ...report } = await ground.judge(desk);
    const times = exits.map(({ ms }) => ms);
    return {
      ...report,
      figures: {
        restarts: { value: count, unit: "workers restarted while they worked" },
        exitP50: { value: rounded(quantile(times, 0.5)), unit: "ms until half of them had left" },
        exitMost: { value: rounded(Math.max(...times)), unit: "ms until the last had" },
        exitLate: { value: rounded(late.exit.ms), unit: "ms, in the middle of a step of 20 s" },
        ...figures,
      },
      violations: [...exitFaults([...exits, late.exit]), ...late.violations, ...violations],
    };
  });
