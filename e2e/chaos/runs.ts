import { setTimeout } from "node:timers/promises";
import { shuffled } from "./chance";
import { cutConnections, freeze, killAt, loseAnswer, type Scene, stopPostgres } from "./faults";
import { type Asked, onGround } from "./ground";
import { type Point, POINTS } from "./moments";
import type { ChaosReport } from "./report";

/** Worker processes at a time. */
const WORKERS = 3;
/** Beside the kills: one of each of these per so many of them. */
const KILLS_PER = { postgres: 8, freeze: 8, cut: 4, lost: 4 } as const;
const REST_MS = 500;

/** The faults of a run, in the order in which they come. */
function plan(chance: () => number, kills: number): ((scene: Scene) => Promise<void>)[] {
  const times = <T>(count: number, of: (place: number) => T) =>
    Array.from({ length: Math.round(count) }, (_, at) => of(at));
  const pointOf = (place: number): Point => POINTS[place % POINTS.length] ?? "any";
  return shuffled(chance, [
    ...times(kills, (place) => (scene: Scene) => killAt(scene, pointOf(place))),
    ...times(kills / KILLS_PER.postgres, () => stopPostgres),
    ...times(kills / KILLS_PER.freeze, () => freeze),
    ...times(kills / KILLS_PER.cut, () => cutConnections),
    ...times(kills / KILLS_PER.lost, () => loseAnswer),
  ]);
}

export interface RunsAsked extends Asked {
  /** Sources that the workers run: the product's own, or a mutant's. */
  root?: string;
}

/**
 * Runs real work on several worker processes while they (`count` of them), their connections and Postgres are ended in
 * every way, and compares what then stands with what was promised. Each choice is the seed's; the timing is the machine's.
 */
export const run = ({ count, say, ...asked }: RunsAsked): Promise<ChaosReport> =>
  onGround({ name: "runs", workers: WORKERS, isHostile: true, say, ...asked }, async ({ scene, openDesk, judge }) => {
    const desk = openDesk();
    for (const [place, fault] of plan(scene.chance, count).entries()) {
      await setTimeout(REST_MS * scene.chance());
      say(`${place + 1}: ${fault.name}`);
      await fault(scene);
      const last = scene.faults.at(-1);
      say(`${place + 1}: ${last?.kind ?? ""}${last?.point === undefined ? "" : `, ${last.point}`}`);
    }
    const { evidence: _evidence, ...report } = await judge(desk);
    return report;
  });
