import { type Deployment, startDeployment } from "../fixtures/deployment";
import { type Inspected, inspect } from "../fixtures/inspector";
import { WORKER } from "../fixtures/processes";
import { finished, httpStep, publishSteps, startRun } from "../fixtures/run";
import { makeSide, type TenantSide } from "../fixtures/tenant-side";
import { watchForeignCpu } from "./foreign-cpu";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";

/** Runs of the quiet tenant per measure: with a hundred, the slowest but one is its p99. */
const RUNS = 100;
const ROUNDS = 3;
/** Runs of the hostile tenant that are started before, and again for each that the quiet one starts. */
const HOSTILE_AT_ONCE = 20;

const ANSWERS = ["endless", "bomb", "headers", "drip", "hang", "short", "garbage", "deep"];
const THOUGHTS = ["($f := function($n) { $f($n + 1) }; $f(0))", `$match("${"a".repeat(40)}!", /(a+)+$/)`];

interface Timed {
  createdAt: string;
  endedAt: string;
}

interface Measured {
  /** Of the quiet tenant's runs from start to end, in ms. */
  p99: number;
  /** The longest that the worker's own loop was held up, in ms, as it measured it itself. */
  lagMax: number;
}

async function watchLoop(worker: Inspected): Promise<() => Promise<number>> {
  await worker.evaluate(
    `globalThis.lag ??= process.getBuiltinModule("node:perf_hooks").monitorEventLoopDelay({ resolution: 5 });
     void (lag.reset(), lag.enable())`,
  );
  return () => worker.evaluate<number>("lag.max / 1e6");
}

/** Times the quiet tenant's runs, one after the other, while the other tenant keeps starting these. */
async function measure(
  { quiet, hostile, well, worker }: { quiet: TenantSide; hostile: TenantSide; well: string; worker: Inspected },
  attacks: readonly string[],
): Promise<Measured> {
  const started: string[] = [];
  const attack = async () => {
    const workflowId = attacks[started.length % attacks.length];
    if (workflowId !== undefined) started.push(await startRun(hostile, workflowId));
  };
  for (let at = 0; at < HOSTILE_AT_ONCE; at += 1) await attack();
  const lag = await watchLoop(worker);
  const taken: number[] = [];
  for (let done = 0; done < RUNS; done += 1) {
    await attack();
    const runId = await startRun(quiet, well);
    await finished(quiet, runId);
    const { createdAt, endedAt } = await quiet.operator.ask<Timed>("runs.get", { runId });
    taken.push(Date.parse(endedAt) - Date.parse(createdAt));
  }
  const lagMax = await lag();
  for (const runId of started) await hostile.operator.attempt("runs.kill", { runId });
  return { p99: taken.sort((a, b) => a - b)[Math.ceil(RUNS * 0.99) - 1] ?? 0, lagMax: rounded(lagMax, 0) };
}

async function measureAll(deployment: Deployment, worker: Inspected): Promise<Report> {
  const [hostile, quiet] = [await makeSide(deployment, "acme"), await makeSide(deployment, "globex")];
  const { url } = deployment.target;
  const well = await publishSteps(quiet, [httpStep(`${url}/well`)]);
  const answers = await Promise.all(
    ANSWERS.map((kind) => publishSteps(hostile, [httpStep(`${url}/hostile/${kind}`, {}, { timeout_seconds: 30 })])),
  );
  const thoughts = await Promise.all(
    THOUGHTS.map((expression) => publishSteps(hostile, [{ id: "think", type: "transform", expression }])),
  );
  const people = { quiet, hostile, well, worker };
  await measure(people, answers);
  const foreign = watchForeignCpu();
  const runs: { alone: Measured; answers: Measured; expressions: Measured }[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    runs.push({
      alone: await measure(people, []),
      answers: await measure(people, answers),
      expressions: await measure(people, thoughts),
    });
  const foreignCpuCores = rounded(foreign());
  const ratioOf = ({ alone, answers: beside }: (typeof runs)[number]) => rounded(beside.p99 / alone.p99);
  const [best] = [...runs].sort((a, b) => ratioOf(a) - ratioOf(b));
  if (best === undefined) throw new Error("nothing was measured");
  const ms = (value: number, what: string) => ({ value, unit: `ms, ${what}` });
  return {
    name: "neighbours",
    figures: {
      besideAnswers: ms(best.answers.p99, "p99 of another tenant's runs beside hostile answers"),
      besideExpressions: ms(best.expressions.p99, "p99 of another tenant's runs beside expressions without end"),
      loopBesideAnswers: ms(best.answers.lagMax, "longest hold-up of the worker's loop beside hostile answers"),
      loopBesideExpressions: ms(best.expressions.lagMax, "the same beside expressions without end"),
    },
    floor: ms(best.alone.p99, "p99 of the same runs alone"),
    ratio: ratioOf(best),
    foreignCpuCores,
    void: foreignCpuCores > FOREIGN_CORES_MAX,
    runs: runs.map(({ alone, answers: one, expressions }) => ({
      ...{ alone: alone.p99, answers: one.p99, expressions: expressions.p99 },
      ...{ loopAlone: alone.lagMax, loopAnswers: one.lagMax, loopExpressions: expressions.lagMax },
    })),
  };
}

/** What a tenant's runs feel of another tenant whose targets are hostile, or whose expressions never end. */
export async function run(): Promise<Report> {
  const deployment = await startDeployment();
  try {
    const worker = await inspect(deployment, WORKER);
    if (worker === null) throw new Error("this is measured on Linux");
    return await measureAll(deployment, worker);
  } finally {
    await deployment.stop();
  }
}
