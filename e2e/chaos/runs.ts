import { EventEmitter } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { createDatabase, databaseUrls } from "@/db/client";
import { cloneDatabase, startTestCluster, TEST_SECRET } from "@/db/testing/cluster";
import { blobStoreOf } from "@/server/platform/blob-store";
import { copyEnvironment, parseEnv } from "@/server/platform/env";
import { headSigningKey } from "@/server/platform/keys";
import { tenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { chanceOf, shuffled } from "./chance";
import type { Fault } from "./evidence";
import { cutConnections, freeze, killAt, killNow, loseAnswer, type Scene, stopPostgres, untilReady } from "./faults";
import { type Fleet, startFleet } from "./fleet";
import { countOpen, countRunning, gather } from "./gather";
import { createMoments, type Point, POINTS } from "./moments";
import { violationsOf } from "./oracle";
import { poisonSteps, workSteps } from "./orders";
import { openDesk } from "./orders-desk";
import { type ChaosReport, faultsOf, figuresOf } from "./report";
import { startTarget, type Target } from "./target";
import { startWire } from "./wire";
import { startWitness, type Witness } from "./witness";

const ROOT = path.resolve(import.meta.dirname, "..", "..");

/** Worker processes at a time. */
const WORKERS = 3;
/** Beside the kills: one of each of these per so many of them. */
const KILLS_PER = { postgres: 8, freeze: 8, cut: 4, lost: 4 } as const;
const REST_MS = 500;
const LOOK_MS = 200;
/** After the last fault everything has to be done within this time: a poison step alone takes six leases. */
const SETTLED_WITHIN_MS = 120_000;

export interface ChaosOptions {
  /** How many worker processes are killed. */
  kills: number;
  seed: number;
  /** Sources that the workers run: the product's own, or a mutant's. */
  root?: string;
  say?: (line: string) => void;
}

const input = { order: { type: "string" } };

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

/** Resolves when nothing is open any more, or when what is open has had its time. */
async function untilSettled(open: () => Promise<number>): Promise<void> {
  const deadline = performance.now() + SETTLED_WITHIN_MS;
  while (performance.now() < deadline && (await open()) > 0) await setTimeout(LOOK_MS);
}

/**
 * Runs real work on several worker processes while they, their connections and Postgres are ended in every way, and
 * compares what then stands with what was promised. Each choice is the seed's; the timing is the machine's.
 */
export async function run({ kills, seed, root = ROOT, say = () => undefined }: ChaosOptions): Promise<ChaosReport> {
  const startedAt = performance.now();
  const home = await mkdtemp(path.join(tmpdir(), "conductor-chaos-"));
  process.env.CONDUCTOR_SECRET = TEST_SECRET;
  process.env.LOG_LEVEL ??= "error";
  process.env.CONDUCTOR_HOME = home;
  copyEnvironment();
  // As Postgres comes, every commit on the disk: it will be ended in the middle of its work.
  const cluster = await startTestCluster({});
  const ownerUrl = await cloneDatabase(cluster.templateUrl, "chaos");
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: ownerUrl, CONDUCTOR_HOME: home });
  const database = createDatabase(databaseUrls(env), env);
  const chance = chanceOf(seed);
  const faults: Fault[] = [];
  const moments = createMoments();
  const requests = new EventEmitter();
  const witness: Witness = await startWitness(ownerUrl, moments);
  const wire = await startWire(Number(new URL(ownerUrl).port));
  const running: { fleet?: Fleet; target?: Target } = {};
  try {
    const target = await startTarget({
      chance,
      workerAt: (line) => running.fleet?.at(line)?.name ?? null,
      tell: (point, { worker, order, step }) => {
        if (point === "body") requests.emit(`${order}/${step}`);
        if (worker !== null) moments.tell(point, worker);
      },
      poison: ({ worker }) => {
        const victim = worker === null ? undefined : running.fleet?.find(worker);
        if (victim !== undefined) killNow({ faults, witness }, victim, "poison");
      },
    });
    running.target = target;
    const { as } = await tenantWith(database, ["workflow_author", "workflow_reviewer", "operator"]);
    const { workflowId } = await makePublished(as, { input, steps: workSteps(target.url) });
    const { workflowId: poisonId } = await makePublished(as, { input, steps: poisonSteps(target.url) });
    const asked = { ownerUrl, tenantId: as.operator.tenantId };

    const fleet = startFleet({
      ...{ root, size: WORKERS, chance },
      env: { CONDUCTOR_SECRET: TEST_SECRET, CONDUCTOR_HOME: home, EGRESS_ALLOW: target.host },
      databaseUrl: (name) => {
        const url = new URL(ownerUrl);
        url.port = String(wire.port);
        url.searchParams.set("application_name", name);
        return url.toString();
      },
    });
    running.fleet = fleet;
    const scene: Scene = { chance, fleet, moments, witness, wire, ownerUrl, faults };
    await untilReady(scene, WORKERS);
    const desk = openDesk({
      operator: as.operator,
      workflowId,
      poisonId,
      chance,
      countOpen: () => countRunning(asked),
      requests,
    });
    for (const [place, fault] of plan(chance, kills).entries()) {
      await setTimeout(REST_MS * chance());
      say(`${place + 1}: ${fault.name}`);
      await fault(scene);
      const last = faults.at(-1);
      say(`${place + 1}: ${last?.kind ?? ""}${last?.point === undefined ? "" : `, ${last.point}`}`);
    }
    await desk.close();
    say("no more faults: waiting for everything to end");
    await untilSettled(() => countOpen(asked));
    await fleet.stop();
    await witness.stop();
    const chains = { database, blobs: blobStoreOf(env), key: headSigningKey(env.CONDUCTOR_SECRET) };
    const evidence = {
      ...{ accepted: desk.accepted, faults, endsSeen: witness.endsSeen, begunLate: witness.begunLate },
      hits: [...target.hits].sort((a, b) => a.at - b.at),
      ...(await gather(asked, chains)),
    };
    const violations = violationsOf(evidence);
    if (violations.length > 0) say(fleet.log());
    const seconds = (performance.now() - startedAt) / 1_000;
    const figures = figuresOf({ evidence, takeovers: witness.takeovers, kills: desk.kills, seconds });
    return { name: "runs", seed, figures, faults: faultsOf(evidence), violations };
  } finally {
    await running.fleet?.stop();
    await Promise.all([witness.stop(), running.target?.stop(), wire.stop()]);
    await database.end();
    await cluster.stop();
    await rm(home, { recursive: true, force: true });
  }
}
