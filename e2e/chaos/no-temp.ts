import { setTimeout } from "node:timers/promises";
import { type Asked, onGround } from "./ground";
import type { ChaosReport } from "./report";

const WORKERS = 2;
const LOOK_MS = 200;
/** Below a file there is no folder: nothing can be written there, by whomever. */
const NOWHERE = "/dev/null/none";

/** Takes workers their folder for temporary files and the reader of their log, until `count` runs were accepted. */
export const run = ({ count, seed, say }: Asked): Promise<ChaosReport> =>
  onGround(
    {
      ...{ name: "no-temp", workers: WORKERS, isHostile: false, seed, say },
      settings: { TMPDIR: NOWHERE, LOG_LEVEL: "debug" },
    },
    async ({ scene, openDesk, judge }) => {
      for (const { child } of scene.fleet.ready()) for (const stream of [child.stdout, child.stderr]) stream?.destroy();
      const desk = openDesk();
      while (desk.accepted.length < count) await setTimeout(LOOK_MS);
      const ended = scene.fleet.started() - WORKERS;
      const { evidence: _evidence, ...report } = await judge(desk);
      const crashed = ended === 0 ? [] : [{ rule: "no process ends for it", words: `${ended} workers ended` }];
      return { ...report, violations: [...crashed, ...report.violations] };
    },
  );
