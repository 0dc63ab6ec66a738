import { EventEmitter } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { createDatabase, type Database, databaseUrls } from "@/db/client";
import { cloneDatabase, startTestCluster, TEST_SECRET } from "@/db/testing/cluster";
import { blobStoreOf } from "@/server/platform/blob-store";
import { copyEnvironment, parseEnv } from "@/server/platform/env";
import { headSigningKey } from "@/server/platform/keys";
import { planlessTenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { chanceOf } from "./chance";
import type { Evidence } from "./evidence";
import { killNow, type Scene, untilReady } from "./faults";
import { startFleet } from "./fleet";
import { countOpen, countRunning, gather } from "./gather";
import { createMoments } from "./moments";
import { violationsOf } from "./oracle";
import { poisonSteps, workSteps } from "./orders";
import { type Desk, openDesk } from "./orders-desk";
import { type ChaosReport, faultsOf, figuresOf, slowTakeovers } from "./report";
import { startTarget, type Target } from "./target";
import { startWire } from "./wire";
import { startWitness } from "./witness";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
const LOOK_MS = 200;
/** After the last fault everything has to be done within this time: a poison step alone takes six leases. */
const SETTLED_WITHIN_MS = 120_000;
const input = { order: { type: "string" } };

/** What every scenario is asked for. */
export interface Asked {
  /** How often the scenario does what it does. */
  count: number;
  seed: number;
  say: (line: string) => void;
}

export interface GroundOptions extends Pick<Asked, "seed" | "say"> {
  name: string;
  workers: number;
  /** Sources that the workers run: the product's own, or a mutant's. */
  root?: string;
  /** Further settings of the workers; of hosts that they may call, beside the target. */
  settings?: Readonly<Record<string, string>>;
  hosts?: readonly string[];
  /** Where Postgres keeps its data; a folder of its own when left out. */
  dataFolder?: string;
  /** Whether some workers' clocks are wrong, and one step kills every worker that takes it. */
  isHostile: boolean;
}

type People = Awaited<
  ReturnType<typeof planlessTenantWith<"workflow_author" | "workflow_reviewer" | "operator">>
>["as"];

/** Worker processes on a Postgres that keeps every commit, a target, people who start runs, and a witness of it all. */
export interface Ground {
  scene: Scene;
  database: Database;
  target: Target;
  people: People;
  /** Runs of all tenants that have not ended. */
  countOpen: () => Promise<number>;
  /** Opens the desk that places orders, as fast as they are carried out. */
  openDesk: () => Desk;
  /** Closes the desk, waits until all is done, and compares what stands with what was promised. */
  judge: (desk: Desk) => Promise<ChaosReport & { evidence: Evidence }>;
}

/** Resolves when nothing is open any more, or when what is open has had its time. */
async function untilSettled(open: () => Promise<number>): Promise<void> {
  const deadline = performance.now() + SETTLED_WITHIN_MS;
  while (performance.now() < deadline && (await open()) > 0) await setTimeout(LOOK_MS);
}

/** Prepares the ground, lets a scenario work on it, and clears it away, however that ended. */
export async function onGround<T>(options: GroundOptions, work: (ground: Ground) => Promise<T>): Promise<T> {
  const { name, workers, seed, say, root = ROOT, settings = {}, hosts = [], isHostile } = options;
  const startedAt = performance.now();
  const home = await mkdtemp(path.join(tmpdir(), "conductor-chaos-"));
  process.env.CONDUCTOR_SECRET = TEST_SECRET;
  // What is asked is on this machine; the workers are told of each target by itself.
  process.env.EGRESS_ALLOW = "127.0.0.0/8";
  process.env.LOG_LEVEL ??= "error";
  process.env.CONDUCTOR_HOME = home;
  copyEnvironment();
  // As Postgres comes, every commit on the disk: it will be ended in the middle of its work.
  const cluster = await startTestCluster({}, options.dataFolder);
  const ownerUrl = await cloneDatabase(cluster.templateUrl, "chaos");
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: ownerUrl, CONDUCTOR_HOME: home });
  const database = createDatabase(databaseUrls(env), env);
  const chance = chanceOf(seed);
  const moments = createMoments();
  const requests = new EventEmitter();
  const witness = await startWitness(ownerUrl, moments);
  const wire = await startWire(Number(new URL(ownerUrl).port));
  const running: { scene?: Scene; target?: Target } = {};
  try {
    const target = await startTarget({
      chance,
      workerAt: (line) => running.scene?.fleet.at(line)?.name ?? null,
      tell: (point, { worker, order, step }) => {
        if (point === "body") requests.emit(`${order}/${step}`);
        if (worker !== null) moments.tell(point, worker);
      },
      poison: ({ worker }) => {
        const victim = worker === null ? undefined : running.scene?.fleet.find(worker);
        if (running.scene !== undefined && victim !== undefined) killNow(running.scene, victim, "poison");
      },
    });
    running.target = target;
    const { as } = await planlessTenantWith(database, ["workflow_author", "workflow_reviewer", "operator"]);
    const { workflowId } = await makePublished(as, { input, steps: workSteps(target.url) });
    const poisonId = isHostile ? (await makePublished(as, { input, steps: poisonSteps(target.url) })).workflowId : null;
    const asked = { ownerUrl, tenantId: as.operator.tenantId };
    const fleet = startFleet({
      ...{ root, size: workers, chance, areClocksOff: isHostile },
      env: {
        CONDUCTOR_SECRET: TEST_SECRET,
        CONDUCTOR_HOME: home,
        EGRESS_ALLOW: [target.host, ...hosts].join(","),
        ...settings,
      },
      databaseUrl: (worker) => {
        const url = new URL(ownerUrl);
        url.port = String(wire.port);
        url.searchParams.set("application_name", worker);
        return url.toString();
      },
    });
    const scene: Scene = { chance, fleet, moments, witness, wire, ownerUrl, faults: [] };
    running.scene = scene;
    await untilReady(scene, workers);
    const judge: Ground["judge"] = async (desk) => {
      await desk.close();
      say("no more faults: waiting for everything to end");
      await untilSettled(() => countOpen(asked));
      await fleet.stop();
      await witness.stop();
      const chains = { database, blobs: blobStoreOf(env), key: headSigningKey(env.CONDUCTOR_SECRET) };
      const { faults } = scene;
      const evidence: Evidence = {
        ...{ accepted: desk.accepted, faults, endsSeen: witness.endsSeen, begunLate: witness.begunLate },
        ...{ sightings: witness.sightings, stalls: witness.stalls },
        hits: [...target.hits].sort((a, b) => a.at - b.at),
        ...(await gather(asked, chains)),
      };
      const violations = violationsOf(evidence);
      if (violations.length > 0) say(fleet.log());
      for (const line of slowTakeovers(witness.takeovers, faults)) say(line);
      const seconds = (performance.now() - startedAt) / 1_000;
      const figures = figuresOf({ evidence, takeovers: witness.takeovers, kills: desk.kills, seconds });
      return { name, seed, figures, faults: faultsOf(evidence), violations, evidence };
    };
    return await work({
      ...{ scene, database, target, people: as, judge, countOpen: () => countRunning({ ownerUrl }) },
      openDesk: () =>
        openDesk({
          ...{ operator: as.operator, workflowId, poisonId, chance, requests },
          countOpen: () => countRunning(asked),
        }),
    });
  } finally {
    await running.scene?.fleet.stop();
    await Promise.all([witness.stop(), running.target?.stop(), wire.stop()]);
    await database.end();
    await cluster.stop();
    await rm(home, { recursive: true, force: true });
  }
}
