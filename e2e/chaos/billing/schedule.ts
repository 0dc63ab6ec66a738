import type { Violation } from "../oracle";
import * as acts from "./acts";
import { chargedTwice, projectionBroken, usageBroken } from "./oracle";
import { type Stage, World } from "./world";
import { comeBack, deliver, push, runJobs, sweep, wait } from "./work";

/** Acts of a schedule after the first purchase, least and most. */
const ACTS = { least: 5, most: 10 } as const;

/** Messages that still arrive when everything else is over; the rest never does. */
const LAST = 6;

/** What may come next, and how often it does. */
const NEXT: readonly (readonly [weight: number, act: (world: World) => Promise<void>])[] = [
  [4, (world) => deliver(world, { mayDrop: true })],
  [
    4,
    async (world) => {
      for (let nth = 0; nth < 3; nth += 1) await deliver(world, { mayDrop: true });
      await runJobs(world, true);
    },
  ],
  [2, (world) => runJobs(world, true)],
  [1, comeBack],
  [3, acts.change],
  [1, acts.card],
  [1, acts.buy],
  [0.4, acts.byHand],
  [3, acts.use],
  [2, (world) => push(world, true)],
  [2, wait],
];
const ALL = NEXT.reduce((sum, [weight]) => sum + weight, 0);

function next(world: World): (world: World) => Promise<void> {
  let left = world.chance() * ALL;
  for (const [weight, act] of NEXT) if ((left -= weight) < 0) return act;
  return acts.use;
}

export interface Outcome {
  violations: Violation[];
  counts: Readonly<Record<string, number>>;
}

/**
 * One tenant's life by a seed: it buys, changes, uses and pays, while messages come late, twice, in any order or never, and the
 * product's calls fail or its process dies in them. Then it is looked at twice: when all that was not lost has been worked on, and after
 * what each hour and night does.
 */
export async function runSchedule(stage: Stage, seed: number): Promise<Outcome> {
  const world = new World(stage, seed);
  await world.begin();
  await acts.buy(world);
  const count = ACTS.least + Math.floor(world.chance() * (ACTS.most - ACTS.least + 1));
  for (let nth = 0; nth < count; nth += 1) await next(world)(world);
  for (let nth = 0; nth < LAST && world.messages.length > 0; nth += 1) {
    await deliver(world, { mayDrop: true });
    if (nth % 3 === 0) await runJobs(world, false);
  }
  await runJobs(world, false);
  const isTold = world.fetchedAtChange >= world.changes;
  if (isTold) world.count("told of all");
  const early = isTold ? await projectionBroken(world, "once it was told of all") : [];
  const { repaired, open } = await sweep(world);
  if (repaired > 0) world.count("repaired by the comparison");
  const waiting = await world.waitingEvents();
  const left = [
    ...open.map((words) => ({ rule: "nothing is left open", words: `seed ${seed}: ${words}` })),
    ...(waiting === 0 ? [] : [{ rule: "no event waits", words: `seed ${seed}: ${waiting} do` }]),
  ];
  const late = await projectionBroken(world, "after the comparison");
  return {
    violations: [
      ...world.broken,
      ...early,
      ...late,
      ...(await chargedTwice(world)),
      ...(await usageBroken(world)),
      ...left,
    ],
    counts: world.counts,
  };
}
