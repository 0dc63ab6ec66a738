import { describe, expect, it } from "vitest";
import type { EngineQuery } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { newId } from "@/server/kernel/ids";
import { must } from "@/server/kernel/errors";
import { type Claim, claimCalls } from "./claim-calls";
import { complete } from "./commit-completions";
import { dueCalls } from "./due-calls";
import { type Engine, inEngine } from "./engine";
import { execute } from "./execute";
import { fireTimers } from "./fire-timers";
import { type Lane, LANES } from "./lanes";
import { firstTurns } from "./take-turns";
import { quietClient, workbench, type Workbench } from "./testing/workbench";

const db = useTestDatabase();

/** Runs as startRuns leaves them, so many per tenant, oldest first by their number. */
async function queueRuns(bench: Workbench, tenants: readonly string[], count: number, lane: Lane = LANES.standard) {
  await bench.query(
    `with made as (
       insert into engine.runs (tenant_id, id, function_id, trigger_key, events, lane)
       select t, 'exe_' || md5(t || n || random()), 'conductor-fair', gen_random_uuid(),
         json_build_array(json_build_object('id', 'e', 'name', 'fair.asked', 'data', json_build_object('n', n), 'ts', 1)), $3::smallint
       from unnest($1::text[]) t, generate_series(1, $2::int) n returning tenant_id, id, lane, events
     )
     insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id, lane, is_start, run_at)
     select tenant_id, id, 'discover:0', 'call', 'step', lane, true,
       now() - interval '1 hour' + (events -> 0 -> 'data' ->> 'n')::int * interval '1 millisecond' from made`,
    [tenants, count, lane],
  );
}

async function fairEngine(bench: Workbench, nap = "1h") {
  // Tests of one file share the database, and a claim takes what is due, whoever left it.
  await bench.query("delete from engine.runs");
  const client = quietClient();
  const fn = client.createFunction({ id: "fair", triggers: [{ event: "fair.asked" }] }, ({ step }) =>
    step.sleep("nap", nap),
  );
  return bench.engine(client, [fn]);
}

const setQuotas = (bench: Workbench, tenantId: string, quotas: { runs?: number; steps?: number }) =>
  bench.query(
    `with tenant as (insert into tenants (tenant_id, slug, name, governance_profile)
       values ($1, 't' || substr($1, 5, 30), 'T', 'conductor-governance-saas') on conflict do nothing)
     insert into tenant_quotas (tenant_id, set_concurrent_runs, most_queued_runs, most_concurrent_steps, set_by, set_at)
     values ($1, $2, 1000, $3, 'test', now())`,
    [tenantId, quotas.runs ?? 100, quotas.steps ?? 20],
  );

const count = <T>(of: readonly T[]) =>
  Object.fromEntries([...new Set(of)].map((each) => [String(each), of.filter((other) => other === each).length]));

const numbersOf = (claims: readonly Claim[]) => claims.map(({ trigger }) => (trigger?.data as { n: number }).n).sort();

const hitsOf = (bench: Workbench, tenantId: string) =>
  bench.query("select quota from engine.quota_hits where tenant_id = $1", [tenantId]);

/** What the claim's own statement reads, in pages of 8 KiB. */
async function pagesRead(engine: Engine): Promise<number> {
  const ask = (query: EngineQuery) =>
    dueCalls(query, engine, firstTurns(), { most: 10, full: [], allowsSuspects: true, chosen: [] });
  return inEngine(engine, async (query) => {
    let pages = 0;
    // Plans are made and catalogues read at first; from the sixth time on, a connection keeps its plans.
    for (let time = 0; time < 6; time += 1) await ask(query);
    const explained: EngineQuery = async (text, values) => {
      const [row] = await query<Record<string, string>>(`explain (analyze, buffers, format json) ${text}`, values);
      const [{ Plan: plan }] = JSON.parse(must(row, "a plan is one row")["QUERY PLAN"] ?? "") as [
        { Plan: Record<string, number> },
      ];
      pages = (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0);
      return query(text, values);
    };
    await ask(explained);
    return pages;
  });
}

describe("a claim", () => {
  it("gives each tenant its turn, however long another's queue is", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    const [busy, ...others] = Array.from({ length: 6 }, () => newId("tenant"));
    await queueRuns(bench, [busy ?? ""], 500);
    await queueRuns(bench, others, 1);
    const claims = await claimCalls(engine, 10);
    expect(claims).toHaveLength(10);
    expect(new Set(claims.map(({ tenantId }) => tenantId)).size).toBe(6);
    // Within a tenant the oldest first.
    const numbers = claims
      .filter(({ tenantId }) => tenantId === busy)
      .map(({ trigger }) => (trigger?.data as { n: number }).n);
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  });

  it("goes round the tenants from claim to claim, and takes what is left of one when others have nothing more", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    const tenants = Array.from({ length: 7 }, () => newId("tenant"));
    await queueRuns(bench, tenants, 2);
    await queueRuns(bench, tenants.slice(0, 1), 6);
    const taken: string[] = [];
    for (let claim = 0; claim < 3; claim += 1)
      taken.push(...(await claimCalls(engine, 7)).map(({ tenantId }) => tenantId));
    expect(taken.slice(0, 7).sort()).toEqual(tenants);
    expect(taken.slice(7, 14).sort()).toEqual(tenants);
    expect(count(taken.slice(14))).toEqual({ [tenants[0] ?? ""]: 6 });
  });

  it("takes all it has room for in one go, whoever has it", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    const [many = "", ...few] = Array.from({ length: 4 }, () => newId("tenant"));
    await queueRuns(bench, [many], 30);
    await queueRuns(bench, few, 1);
    const claims = await claimCalls(engine, 12);
    expect(count(claims.map(({ tenantId }) => tenantId))).toMatchObject({ [many]: 9 });
    expect(claims).toHaveLength(12);
  });

  it("shares among classes by their weights, and leaves none without", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    const tenants = Array.from({ length: 30 }, () => newId("tenant"));
    for (const lane of [LANES.standard, LANES.bulk, LANES.low]) await queueRuns(bench, tenants, 3, lane);
    const lanes: number[] = [];
    for (let claim = 0; claim < 11; claim += 1) {
      const claims = await claimCalls(engine, 10);
      const rows = await bench.query<{ lane: number }>("select lane from engine.runs where id = any($1)", [
        claims.map(({ runId }) => runId),
      ]);
      lanes.push(...rows.map(({ lane }) => lane));
    }
    expect(count(lanes)).toEqual({ [LANES.standard]: 80, [LANES.bulk]: 20, [LANES.low]: 10 });
  });

  it("takes the deployment's own work before all other", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    await queueRuns(
      bench,
      Array.from({ length: 20 }, () => newId("tenant")),
      5,
    );
    await queueRuns(bench, ["system"], 3, LANES.system);
    expect((await claimCalls(engine, 3)).map(({ tenantId }) => tenantId)).toEqual(["system", "system", "system"]);
  });

  it("takes what goes on before what begins, of one tenant", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    const tenant = newId("tenant");
    await queueRuns(bench, [tenant], 40);
    const [first] = await claimCalls(engine, 1);
    await execute(engine, must(first, "there is a call to claim"));
    await bench.query(
      `insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id, lane) values ($1, $2, 'discover:1', 'call', 'step', 2)`,
      [tenant, first?.runId],
    );
    expect(await claimCalls(engine, 1)).toMatchObject([{ runId: first?.runId, dedupe: "discover:1" }]);
  });

  it("reads as little of a queue of 100,000 as of one of 1,000", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    const others = Array.from({ length: 999 }, () => newId("tenant"));
    const busy = newId("tenant");
    await queueRuns(bench, others, 1);
    await queueRuns(bench, [busy], 1_000);
    await bench.query("vacuum analyze engine.jobs, engine.runs");
    const before = await pagesRead(engine);
    await queueRuns(bench, [busy], 99_000);
    await bench.query("vacuum analyze engine.jobs, engine.runs");
    const after = await pagesRead(engine);
    expect(before).toBeGreaterThan(0);
    // Indexes are a level higher by now, and that is all.
    expect(after).toBeLessThan(before * 1.5);
    expect(after).toBeLessThan(1_000);
    await bench.query("truncate engine.runs cascade");
  }, 120_000);
});

describe("a tenant's quota", () => {
  it("of runs at a time lets the next begin when one has ended, in their order", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    const [tenant, other] = [newId("tenant"), newId("tenant")];
    await setQuotas(bench, tenant, { runs: 2 });
    await queueRuns(bench, [tenant], 5);
    await queueRuns(bench, [other], 1);
    const first = await claimCalls(engine, 10);
    expect(count(first.map(({ tenantId }) => tenantId))).toEqual({ [tenant]: 2, [other]: 1 });
    expect(engine.hasLeftBehind).toBe(true);
    expect(await claimCalls(engine, 10)).toEqual([]);
    const ended = must(
      first.find(({ tenantId }) => tenantId === tenant),
      "two were claimed",
    );
    expect(await complete(engine, { claim: ended, result: null, finished: [] })).toBe("committed");
    expect(numbersOf(await claimCalls(engine, 10))).toEqual([3]);
    expect(await hitsOf(bench, tenant)).toEqual([{ quota: "concurrent_runs" }]);
  });

  it("of runs at a time does not count one that rests, which takes its place again before any that begins", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench, "2s");
    const tenant = newId("tenant");
    await setQuotas(bench, tenant, { runs: 2 });
    await queueRuns(bench, [tenant], 6);
    const rest = async (claims: readonly Claim[]) => {
      for (const claim of claims) await execute(engine, claim);
    };
    const first = await claimCalls(engine, 10);
    expect(numbersOf(first)).toEqual([1, 2]);
    await rest(first);
    const [third, fourth, ...none] = await claimCalls(engine, 10);
    expect(numbersOf([third, fourth].filter((claim) => claim !== undefined))).toEqual([3, 4]);
    expect(none).toEqual([]);
    bench.advance(2_000);
    expect(await fireTimers(engine)).toBe(2);
    // Both have woken, and nobody rests: they wait for a place as others do, and it is told.
    expect(await claimCalls(engine, 10)).toEqual([]);
    expect(engine.hasLeftBehind).toBe(true);
    expect(await hitsOf(bench, tenant)).toEqual([{ quota: "concurrent_runs" }]);
    await rest([must(third, "it was claimed")]);
    const woken = await claimCalls(engine, 10);
    expect(woken).toHaveLength(1);
    await rest([...woken, must(fourth, "it was claimed")]);
    // One has ended, and one rests: two places, one of them for the other that has woken.
    const next = await claimCalls(engine, 10);
    const numbers = numbersOf([...woken, ...next]);
    expect(numbers).toEqual([1, 2, 5]);
  });

  it("of runs at a time is kept by those that wake at once, over all workers", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench, "2s");
    const second: Engine = { ...engine, workerId: "another", turns: firstTurns(), toldHits: new Map() };
    const tenant = newId("tenant");
    await setQuotas(bench, tenant, { runs: 3 });
    await queueRuns(bench, [tenant], 9);
    for (let time = 0; time < 3; time += 1)
      for (const claim of await claimCalls(engine, 10)) await execute(engine, claim);
    bench.advance(2_000);
    expect(await fireTimers(engine)).toBe(9);
    await queueRuns(bench, [tenant], 9);
    const both = (await Promise.all([engine, second].map((each) => claimCalls(each, 2)))).flat();
    expect(both).toHaveLength(3);
    // What a worker that dies holds keeps its place, and is the first to be taken up.
    bench.advance(engine.tuning.leaseMs + 1);
    const again = await claimCalls(second, 10);
    expect(again.map(({ runId }) => runId).sort()).toEqual(both.map(({ runId }) => runId).sort());
    for (const claim of again) await execute(second, claim);
    expect(await claimCalls(second, 10)).toHaveLength(3);
  });

  it("of steps at a time holds over all workers, also when they claim at once", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    const second: Engine = { ...engine, workerId: "another", turns: firstTurns(), toldHits: new Map() };
    const tenant = newId("tenant");
    await setQuotas(bench, tenant, { steps: 5 });
    await queueRuns(bench, [tenant], 40);
    const both = await Promise.all([engine, second].map((each) => claimCalls(each, 4)));
    expect(both.flat()).toHaveLength(5);
    expect(await claimCalls(second, 10)).toEqual([]);
    expect(second.hasLeftBehind).toBe(true);
    expect(await hitsOf(bench, tenant)).toEqual([{ quota: "concurrent_steps" }]);
  });

  it("does not count what a dead worker left, and gives that to the next first", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    const tenant = newId("tenant");
    await setQuotas(bench, tenant, { steps: 3, runs: 3 });
    await queueRuns(bench, [tenant], 10);
    const lost = await claimCalls(engine, 10);
    bench.advance(engine.tuning.leaseMs + 1);
    const again = await claimCalls(engine, 10);
    expect(again.map(({ runId }) => runId).sort()).toEqual(lost.map(({ runId }) => runId).sort());
    expect(again).toHaveLength(3);
  });

  it("does not hold up the product's own work for that tenant", async () => {
    const bench = workbench(db);
    const engine = await fairEngine(bench);
    const tenant = newId("tenant");
    await setQuotas(bench, tenant, { steps: 1 });
    await queueRuns(bench, [tenant], 5);
    await queueRuns(bench, [tenant], 2, LANES.own);
    expect(await claimCalls(engine, 10)).toHaveLength(3);
  });
});
