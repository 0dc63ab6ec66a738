import type { Database } from "@/db/client";
import { startWorker } from "@/jobs/engine";
import { must } from "@/server/kernel/errors";
import { DEFAULT_QUOTAS } from "@/server/quotas/domain/quota";
import { type Crowd, makeCrowd, start } from "./crowd";
import { watchForeignCpu } from "./foreign-cpu";
import { closedLoop, quantile } from "./latencies";
import { executor, withDatabase } from "./product";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";

/** What `scale` 1 means: 10,000 waits that end within one minute. */
const MANY = { count: 10_000, withinMs: 60_000 };
/** The floor: so few that none meets another. */
const FEW = { count: 100, withinMs: 20_000 };
const WIDTH = 10;
const LOOK_MS = 500;
/** Runs per second that are counted on to rest before any was seen to, and the time that is left over in any case. */
const RESTS_PER_SECOND = 40;
const SPARE_MS = 30_000;

const WORKFLOW = {
  input: { at: { type: "string" } },
  steps: [
    { id: "rest", type: "wait", until: "{{ input.at }}", next: "after" },
    { id: "after", type: "transform", expression: `{ "at": input.at }` },
  ],
};

/** What each run waits for, and when the executor will look after it. */
const PLANNED = `
  create temp table planned as
  select j.run_id, j.step_id, j.run_at, r.tenant_id, r.id as of_run, (r.input::json ->> 'at')::timestamptz as due
  from engine.jobs j join engine.runs e on e.id = j.run_id
  join runs r on r.tenant_id = e.tenant_id and r.id = e.events::json -> 0 -> 'data' ->> 'runId'
  where j.kind = 'timer'`;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function numberOf({ owner }: Crowd, text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await owner.query<{ n: string }>(text, values);
  return Number(must(rows[0], "an aggregate has a row").n);
}

const nowMs = (crowd: Crowd) => numberOf(crowd, "select extract(epoch from clock_timestamp()) * 1000 as n");

async function msOf({ owner }: Crowd, text: string, values: unknown[] = []): Promise<number[]> {
  const { rows } = await owner.query<{ ms: string }>(text, values);
  return rows.map(({ ms }) => Number(ms));
}

/** Resolves when every run rests; throws when the first is due before that. */
async function untilAllRest(crowd: Crowd, count: number, firstMs: number): Promise<void> {
  for (;;) {
    const resting = await numberOf(crowd, "select count(*) as n from engine.jobs where kind = 'timer'");
    if ((await nowMs(crowd)) >= firstMs)
      throw new Error(`only ${resting} of ${count} runs rest before the first is due`);
    if (resting === count) return;
    await pause(LOOK_MS);
  }
}

interface Lateness {
  /** Milliseconds from the moment that each run waits for to the begin of its next step. */
  goesOn: number[];
  /** Milliseconds from the moment that each run waits for to the one that the executor planned for it. */
  plans: number[];
  /** Milliseconds from the moment that the executor planned for each timer to its end. */
  fires: number[];
  /** How many runs came to rest per second, their starts included. */
  restsPerSecond: number;
}

/** Lets so many runs wait, each for a moment of its own, evenly spread; all times are the database's. */
async function measure(crowd: Crowd, { count, withinMs }: typeof MANY, restsPerSecond: number): Promise<Lateness> {
  const { tenants, workflowId, owner } = crowd;
  const firstMs = Math.ceil(await nowMs(crowd)) + SPARE_MS + (count / restsPerSecond) * 1_000;
  const since = performance.now();
  await closedLoop(count, WIDTH, async (index) => {
    const at = new Date(firstMs + (index * withinMs) / count).toISOString();
    await start(must(tenants[index % tenants.length], "the loop goes round them"), workflowId, { at });
  });
  await untilAllRest(crowd, count, firstMs);
  const rested = count / ((performance.now() - since) / 1_000);
  await owner.query("vacuum analyze");
  await owner.query(PLANNED);
  await pause(firstMs + withinMs - (await nowMs(crowd)));
  const open = "select coalesce(sum(queued + running), 0) as n from run_counts";
  while ((await numberOf(crowd, open)) > 0) await pause(LOOK_MS);
  const goesOn = await msOf(
    crowd,
    `select extract(epoch from s.started_at - p.due) * 1000 as ms
     from planned p join run_steps s on s.tenant_id = p.tenant_id and s.run_id = p.of_run and s.step_id = 'after'
     where s.status = 'succeeded'`,
  );
  const plans = await msOf(crowd, "select extract(epoch from run_at - due) * 1000 as ms from planned");
  const fires = await msOf(
    crowd,
    `select extract(epoch from s.done_at - p.run_at) * 1000 as ms
     from planned p join engine.steps s on s.run_id = p.run_id and s.op_id = p.step_id where s.done_at is not null`,
  );
  await owner.query("drop table planned");
  const known = [goesOn, plans, fires];
  if (known.some(({ length }) => length !== count)) throw new Error(`${goesOn.length} of ${count} runs went on`);
  if (known.some((all) => Math.min(...all) < 0)) throw new Error("a run went on before its time");
  return { goesOn, plans, fires, restsPerSecond: rested };
}

async function measureBoth(database: Database, ownerUrl: string, scale: number): Promise<Lateness[]> {
  const many = { count: Math.max(FEW.count, Math.round(MANY.count * scale)), withinMs: MANY.withinMs * scale };
  const size = Math.ceil(many.count / DEFAULT_QUOTAS.mostConcurrentRuns);
  const crowd = await makeCrowd(database, ownerUrl, size, WORKFLOW);
  const worker = await startWorker({ ...executor(database), revision: "bench" });
  try {
    const few = await measure(crowd, FEW, RESTS_PER_SECOND);
    return [few, await measure(crowd, many, few.restsPerSecond)];
  } finally {
    await worker.stop();
    await crowd.stop();
  }
}

/**
 * How late runs go on that wait for a moment, when 10,000 of those moments come within a minute, beside a hundred in twenty
 * seconds. `scale` multiplies the waits and the minute.
 */
export async function run({ scale = 1 }: { scale?: number } = {}): Promise<Report> {
  const foreign = watchForeignCpu();
  const [few, many] = await withDatabase((database, url) => measureBoth(database, url, scale));
  const foreignCpuCores = rounded(foreign());
  const [floor, late] = [must(few, "both are measured"), must(many, "both are measured")];
  const ms = (value: number, what: string) => ({ value: rounded(value, 1), unit: `ms, ${what}` });
  const [floorP99, p99] = [quantile(floor.goesOn, 0.99), quantile(late.goesOn, 0.99)];
  const count = late.goesOn.length;
  return {
    name: "timers",
    figures: {
      p50: ms(quantile(late.goesOn, 0.5), `from the moment that each of ${count} runs waits for to its next step`),
      p99: ms(p99, "the same"),
      max: ms(Math.max(...late.goesOn), "the same"),
      plansP50: ms(quantile(late.plans, 0.5), "from that moment to the one that the executor planned for the timer"),
      plansP99: ms(quantile(late.plans, 0.99), "the same"),
      firesP50: ms(quantile(late.fires, 0.5), "from what it planned to the timer's end"),
      firesP99: ms(quantile(late.fires, 0.99), "the same"),
    },
    floor: ms(floorP99, `p99 of ${FEW.count} such runs within ${FEW.withinMs / 1_000} s`),
    ratio: rounded(p99 / floorP99),
    foreignCpuCores,
    void: foreignCpuCores > FOREIGN_CORES_MAX,
    runs: [
      {
        ...{ scale, floorP50: quantile(floor.goesOn, 0.5), floorPlansP99: quantile(floor.plans, 0.99) },
        floorFiresP99: quantile(floor.fires, 0.99),
        restsPerSecond: rounded(late.restsPerSecond, 0),
      },
    ],
  };
}
