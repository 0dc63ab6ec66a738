import type { Database } from "@/db/client";
import { bootEngine, routeEvents, startWorker } from "@/jobs/engine";
import { must } from "@/server/kernel/errors";
import { type Crowd, makeCrowd, queueCopies, start } from "./crowd";
import { watchForeignCpu } from "./foreign-cpu";
import { closedLoop, quantile } from "./latencies";
import { executor, withDatabase } from "./product";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";

/** What `scale` 1 means: the neighbours of P17 and the burst of P16. */
const BACKLOG = 100_000;
const NEIGHBOURS = 999;
const BURST_TENANTS = 1_000;
const BURST_RUNS = 100;
const WIDTH = 10;
const CLAIMS = 100;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds from each run's start to its end, once none of these tenants has one that is open. */
async function whenEnded({ owner }: Crowd, tenants: Crowd["tenants"], runIds: readonly string[]): Promise<number[]> {
  // By what is counted for the quotas anyway: looking at the runs themselves would be a load of its own.
  const open = () =>
    owner.query<{ n: string }>(
      "select coalesce(sum(queued + running), 0) as n from run_counts where tenant_id = any($1)",
      [tenants.map(({ tenantId }) => tenantId)],
    );
  while ((await open()).rows[0]?.n !== "0") await pause(100);
  const { rows } = await owner.query<{ ms: string }>(
    "select extract(epoch from ended_at - created_at) * 1000 as ms from runs where id = any($1) and status = 'succeeded'",
    [runIds],
  );
  if (rows.length !== runIds.length) throw new Error(`${runIds.length - rows.length} runs did not succeed`);
  return rows.map(({ ms }) => Number(ms));
}

/** One run of each of these tenants, started ten at a time: how long each took. */
async function oneEach(crowd: Crowd, tenants: Crowd["tenants"]): Promise<number[]> {
  const started: string[] = [];
  await closedLoop(tenants.length, WIDTH, async (index) => {
    started.push(await start(must(tenants[index], "the loop counts the tenants"), crowd.workflowId));
  });
  return whenEnded(crowd, tenants, started);
}

/** What the claim's statement takes, in milliseconds, on a connection of its own. */
async function timeClaims({ owner }: Crowd): Promise<number[]> {
  const took: number[] = [];
  await owner.query("select set_config('app.sweep', 'engine', false)");
  await owner.query("set role conductor_engine");
  for (let asked = 0; asked < CLAIMS; asked += 1) {
    const since = performance.now();
    await owner.query({
      name: "due",
      text: "select * from engine.due_calls('{0,1,2,3,4}', array['', '', '', '', ''], 10, '{conductor-execute-run}', '{}', true, '{}', 20, 100, false)",
    });
    took.push(performance.now() - since);
  }
  await owner.query("reset role");
  return took;
}

interface Neighbours {
  alone: number[];
  beside: number[];
  /** Runs of the busy tenant that ended meanwhile. */
  served: number;
  claims: number[];
}

async function measureNeighbours(database: Database, ownerUrl: string, scale: number): Promise<Neighbours> {
  const crowd = await makeCrowd(database, ownerUrl, Math.max(2, Math.round(NEIGHBOURS * scale)) + 1);
  const [busy, ...others] = crowd.tenants;
  const { tenantId } = must(busy, "a crowd has tenants");
  const first = await startWorker({ ...executor(database), revision: "bench" });
  await oneEach(crowd, others.slice(0, 20));
  await crowd.owner.query("vacuum analyze");
  const alone = await oneEach(crowd, others);
  await first.stop();
  await start(must(busy, "a crowd has tenants"), crowd.workflowId);
  // The start's event is routed and nothing is claimed.
  const engine = await bootEngine(executor(database));
  while ((await routeEvents(engine)).events > 0);
  await queueCopies(crowd, tenantId, Math.round(BACKLOG * scale) - 1);
  const claims = await timeClaims(crowd);
  const second = await startWorker({ ...executor(database), revision: "bench" });
  await pause(2_000);
  const ended = async () =>
    Number(
      (
        await crowd.owner.query<{ n: string }>(
          "select count(*) as n from runs where tenant_id = $1 and ended_at is not null",
          [tenantId],
        )
      ).rows[0]?.n,
    );
  const before = await ended();
  const beside = await oneEach(crowd, others);
  const served = (await ended()) - before;
  await second.stop();
  await crowd.stop();
  return { alone, beside, served, claims };
}

interface Burst {
  runs: number;
  acceptedS: number;
  drainedS: number;
  firstRunS: number;
  maxOverMin: number;
}

async function measureBurst(database: Database, ownerUrl: string, scale: number): Promise<Burst> {
  const perTenant = Math.max(2, Math.round(BURST_RUNS * scale));
  const crowd = await makeCrowd(database, ownerUrl, Math.max(2, Math.round(BURST_TENANTS * scale)));
  const worker = await startWorker({ ...executor(database), revision: "bench" });
  const began = new Date();
  const started: string[] = [];
  const { tenants, workflowId, owner } = crowd;
  await closedLoop(tenants.length * perTenant, WIDTH, async (index) => {
    started.push(await start(must(tenants[index % tenants.length], "the loop goes round them"), workflowId));
  });
  const acceptedS = (Date.now() - began.getTime()) / 1_000;
  await whenEnded(crowd, tenants, started);
  const { rows } = await owner.query<{ first: string; last: string }>(
    `select extract(epoch from min(ended_at) - $2::timestamptz) as first, extract(epoch from max(ended_at) - $2::timestamptz) as last
     from runs where id = any($1) group by tenant_id`,
    [started, began],
  );
  await worker.stop();
  await crowd.stop();
  const lasts = rows.map(({ last }) => Number(last));
  return {
    ...{ runs: started.length, acceptedS, drainedS: Math.max(...lasts) },
    firstRunS: Math.max(...rows.map(({ first }) => Number(first))),
    maxOverMin: Math.max(...lasts) / Math.min(...lasts),
  };
}

/**
 * What the first runs of many tenants feel of one whose queue is long, beside the same runs alone; and a burst of many
 * tenants at once. `scale` multiplies the queue, the tenants and the runs of each.
 */
export async function run({ scale = 1 }: { scale?: number } = {}): Promise<Report> {
  const foreign = watchForeignCpu();
  const { alone, beside, served, claims } = await withDatabase((database, url) =>
    measureNeighbours(database, url, scale),
  );
  const burst = await withDatabase((database, url) => measureBurst(database, url, scale));
  const foreignCpuCores = rounded(foreign());
  const s = (value: number, what: string) => ({ value: rounded(value), unit: `s, ${what}` });
  const ms = (value: number, what: string) => ({ value: rounded(value, 1), unit: `ms, ${what}` });
  const neighbours = beside.length;
  return {
    name: "fairness",
    figures: {
      besideP50: ms(
        quantile(beside, 0.5),
        `p50 of ${neighbours} tenants' first runs beside a queue of ${BACKLOG * scale}`,
      ),
      besideP99: ms(quantile(beside, 0.99), "p99 of the same"),
      besideMax: ms(Math.max(...beside), "the slowest of them"),
      served: { value: served, unit: "runs of the queue that ended meanwhile" },
      claimP99: ms(quantile(claims, 0.99), "p99 of what a claim looks up at the full queue"),
      burstAccepted: s(burst.acceptedS, `until ${burst.runs} runs of a burst were accepted`),
      burstDrained: s(burst.drainedS, "until all of them had ended"),
      burstFirstRun: s(burst.firstRunS, "until each tenant's first run had ended"),
      burstSpread: { value: rounded(burst.maxOverMin), unit: "last tenant's end over first tenant's" },
    },
    floor: ms(Math.max(...alone), "the slowest of the same first runs alone"),
    ratio: rounded(Math.max(...beside) / Math.max(...alone)),
    foreignCpuCores,
    void: foreignCpuCores > FOREIGN_CORES_MAX,
    runs: [
      {
        ...{
          scale,
          aloneP50: quantile(alone, 0.5),
          aloneP99: quantile(alone, 0.99),
          aloneMax: rounded(Math.max(...alone), 1),
        },
        burstStepsPerSecond: rounded((burst.runs * 5) / burst.drainedS, 0),
      },
    ],
  };
}
