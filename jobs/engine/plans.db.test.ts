import { inject } from "vitest";
import { describe, expect, it, onTestFinished } from "vitest";
import { createDatabase, databaseUrls } from "@/db/client";
import { TEST_SECRET } from "@/db/testing/cluster";
import { withEngine } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { newId } from "@/server/kernel/ids";
import { must } from "@/server/kernel/errors";
import { parseEnv } from "@/server/platform/env";
import { claimCalls } from "./claim-calls";
import { complete } from "./commit-completions";
import type { Engine } from "./engine";
import { heartbeat, releaseLeases } from "./leases";
import { quietClient, workbench } from "./testing/workbench";
import { whatIsDue } from "./what-is-due";

const db = useTestDatabase();

const QUEUED = 3_000;
/** Plans are made anew for each of the first five times, and then kept. */
const TIMES = 12;
/** Rows that one of these reads per time; far below what is queued. */
const MOST_ROWS = 60;

/** A worker whose statements were planned while its queue was empty, and counted so. */
async function plannedWhenEmpty() {
  const bench = workbench(db);
  await bench.query("delete from engine.runs");
  const env = parseEnv({
    ...{ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: db.ownerUrl, DATABASE_POOL_MAX: "1" },
    NEON_WS_PROXY: inject("neonProxy"),
  });
  // One connection, so that it is the one whose plans count; its end tells the server what it has read.
  const database = createDatabase(databaseUrls(env), env);
  const client = quietClient();
  const fn = client.createFunction({ id: "planned", triggers: [{ event: "planned.asked" }] }, () => null);
  const engine: Engine = { ...(await bench.engine(client, [fn])), database };
  let isOpen = true;
  const close = async () => {
    if (isOpen) await database.end();
    isOpen = false;
  };
  onTestFinished(close);
  return { bench, engine, close };
}

const queue = (bench: ReturnType<typeof workbench>, count: number) =>
  bench.query(
    `with made as (
       insert into engine.runs (tenant_id, id, function_id, trigger_key, events, lane)
       select $1, 'exe_' || md5(n || random()::text), 'conductor-planned', gen_random_uuid(),
         '[{"id":"e","name":"planned.asked","data":{},"ts":1}]', 2
       from generate_series(1, $2::int) n returning tenant_id, id, lane
     )
     insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id, lane, is_start, run_at)
     select tenant_id, id, 'discover:0', 'call', 'step', lane, true, now() - interval '1 minute' from made`,
    [newId("tenant"), count],
  );

/** Has the server count what a worker has read so far: by itself it does so once a second at most, in the middle of what is measured. */
async function countNow({ database }: Engine): Promise<void> {
  await withEngine({ database }, (query) => query("select pg_stat_force_next_flush()"));
  // What was counted at the end of the last statement is there before the next.
  await withEngine({ database }, (query) => query("select 1"));
}

async function rowsRead(bench: ReturnType<typeof workbench>): Promise<number> {
  const [row] = await bench.query<{ rows: string }>(
    `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) as rows
     from pg_stat_user_tables where schemaname = 'engine' and relname in ('jobs', 'runs', 'waits')`,
  );
  return Number(row?.rows);
}

/** Rows read per time, after all was planned for an empty queue that has filled since. */
async function measured(work: (engine: Engine) => Promise<unknown>, warm: (engine: Engine) => Promise<unknown> = work) {
  const { bench, engine, close } = await plannedWhenEmpty();
  await queue(bench, TIMES);
  for (let time = 0; time < TIMES; time += 1) await warm(engine);
  await bench.query("delete from engine.runs");
  await bench.query("vacuum analyze engine.jobs, engine.runs, engine.waits");
  // What was analysed is planned anew, as empty.
  await queue(bench, TIMES);
  for (let time = 0; time < TIMES; time += 1) await warm(engine);
  await queue(bench, QUEUED);
  await countNow(engine);
  const before = await rowsRead(bench);
  for (let time = 0; time < TIMES; time += 1) await work(engine);
  await close();
  let after = await rowsRead(bench);
  for (let again = await settled(); again !== after; again = await settled()) after = again;
  return (after - before) / TIMES;
  async function settled() {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return rowsRead(bench);
  }
}

/** Claims a call, and ends it. */
async function claimAndEnd(engine: Engine): Promise<void> {
  const [claim] = await claimCalls(engine, 1);
  expect(await complete(engine, { claim: must(claim, "a call is due"), result: null, finished: [] })).toBe("committed");
}

describe("a worker whose queue fills before anybody counts it", () => {
  it("claims and ends a call by looking at little else", async () => {
    expect(await measured(claimAndEnd)).toBeLessThan(MOST_ROWS);
  });

  it("asks what is due by looking at little of what is queued", async () => {
    expect(await measured(whatIsDue)).toBeLessThan(MOST_ROWS);
  });

  it("keeps and gives back what it holds by looking at that alone", async () => {
    const held = async (engine: Engine) => {
      const claims = await claimCalls(engine, 1);
      const leases = claims.map(({ leaseId }) => leaseId);
      expect((await heartbeat(engine, leases)).size).toBe(1);
      await releaseLeases(engine, leases);
    };
    expect(await measured(held)).toBeLessThan(MOST_ROWS);
  });
});
