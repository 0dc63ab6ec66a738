import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import type { Engine } from "./engine";
import { execute } from "./execute";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { quietClient, type Workbench, workbench } from "./testing/workbench";

const db = useTestDatabase();
/** Long, so that time which passes in truth makes no difference on a slow machine. */
const MINUTE_MS = 60_000;

const began = async (bench: Workbench, id: string) =>
  (await bench.runs(`conductor-${id}`)).filter(({ status }) => status !== "queued").length;

/** Moves on minute by minute, and tells how many runs had begun after each. */
async function minuteByMinute(bench: Workbench, engine: Engine, id: string, minutes: number): Promise<number[]> {
  const counts: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    await pump(engine);
    counts.push(await began(bench, id));
    bench.advance(MINUTE_MS);
  }
  return counts;
}

describe("a throttle", () => {
  it("lets limit and burst through at once, then the rest evenly, in their order", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const order: number[] = [];
    const fn = client.createFunction(
      { id: "paced", triggers: [{ event: "paced.asked" }], throttle: { limit: 2, period: "6m", burst: 1 } },
      ({ event }) => {
        order.push(Number(event.data.n));
      },
    );
    const engine = await bench.engine(client, [fn]);
    for (let n = 1; n <= 6; n += 1) await bench.publish("paced.asked", { n });
    expect(await minuteByMinute(bench, engine, "paced", 10)).toEqual([3, 3, 3, 4, 4, 4, 5, 5, 5, 6]);
    expect([...order].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(order.slice(3)).toEqual([4, 5, 6]);
    expect(await bench.query("select 1 from engine.jobs")).toEqual([]);
  });

  it("counts each key of each tenant by itself, and those without a key together", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      {
        ...{ id: "keys", triggers: [{ event: "keys.asked" }] },
        throttle: { limit: 1, period: "1d", burst: 1, key: "event.data.user" },
      },
      ({ event }) => event.data as unknown,
    );
    const engine = await bench.engine(client, [fn]);
    for (const data of [{ user: "a" }, { user: "b" }, {}]) {
      for (let n = 0; n < 3; n += 1) await bench.publish("keys.asked", data);
    }
    await bench.publish("keys.asked", { user: "a" }, "ten_00000000000000000000000000000001");
    await pump(engine);
    const runs = await bench.runs("conductor-keys");
    expect(runs).toHaveLength(10);
    expect(runs.filter(({ status }) => status === "completed").map(({ result }) => result)).toEqual([
      ...[{ user: "a" }, { user: "a" }, { user: "b" }, { user: "b" }, {}, {}],
      { user: "a" },
    ]);
  });

  it("lets no more through when workers were away, and two of them come back at once", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "away", triggers: [{ event: "away.asked" }], throttle: { limit: 1, period: "10m" } },
      () => null,
    );
    const engines = [await bench.engine(client, [fn]), await bench.engine(client, [fn])] as const;
    for (let n = 0; n < 8; n += 1) await bench.publish("away.asked", {});
    await routeEvents(engines[0]);
    // By now each of them has had its turn, and nobody was there to take it.
    bench.advance(600 * MINUTE_MS);
    const claims = (await Promise.all(engines.map((engine) => claimCalls(engine, 5)))).flat();
    expect(claims).toHaveLength(2);
    for (const claim of claims) await execute(engines[1], claim);
    await bench.publish("away.asked", {});
    const counts: number[] = [];
    for (let tens = 0; tens < 8; tens += 1) {
      await Promise.all(engines.map(pump));
      counts.push(await began(bench, "away"));
      bench.advance(10 * MINUTE_MS);
    }
    expect(counts).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("counts a start once, however often its worker dies", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "dying", triggers: [{ event: "dying.asked" }], throttle: { limit: 1, period: "1d" } },
      () => null,
    );
    const engine = await bench.engine(client, [fn]);
    for (let n = 0; n < 2; n += 1) await bench.publish("dying.asked", {});
    await routeEvents(engine);
    for (let deaths = 0; deaths < 3; deaths += 1) {
      expect(await claimCalls(engine, 5, { suspects: 2 })).toHaveLength(2);
      bench.advance(20 * MINUTE_MS);
    }
    await pump(engine);
    expect((await bench.runs("conductor-dying")).map(({ status }) => status)).toEqual(["completed", "completed"]);
  });

  it("limits starts alone: a run that has begun goes on with its steps", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "steps", triggers: [{ event: "steps.asked" }], throttle: { limit: 1, period: "1d" } },
      async ({ step }) => {
        for (const name of ["one", "two", "three"]) await step.run(name, () => name);
        await step.sleep("nap", "1m");
        return "done";
      },
    );
    const engine = await bench.engine(client, [fn], { checkpoints: false });
    for (let n = 0; n < 3; n += 1) await bench.publish("steps.asked", {});
    await pump(engine);
    bench.advance(MINUTE_MS);
    await pump(engine);
    expect((await bench.runs("conductor-steps")).map(({ status }) => status)).toEqual([
      ...["completed", "completed", "queued"],
    ]);
  });

  it("of many more than a page holds up no others", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const slow = client.createFunction(
      { id: "crowd", triggers: [{ event: "crowd.asked" }], throttle: { limit: 1, period: "1d" } },
      () => null,
    );
    const free = client.createFunction({ id: "free", triggers: [{ event: "free.asked" }] }, () => null);
    const engine = await bench.engine(client, [slow, free]);
    await bench.publish("crowd.asked", {});
    await routeEvents(engine);
    // As many as 1,200 that came in one after another; each has been promised its moment.
    await bench.query(`
      with copies as (
        insert into engine.runs (tenant_id, id, function_id, trigger_key, events, throttle)
        select tenant_id, id || n, function_id, id || n, events, throttle from engine.runs, generate_series(1, 1200) n
        where function_id = 'conductor-crowd' returning tenant_id, id
      )
      insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id)
      select tenant_id, id, 'discover:0', 'call', 'step' from copies`);
    bench.advance(300 * 1_440 * MINUTE_MS);
    await bench.publish("free.asked", {});
    await pump(engine);
    expect(await bench.runs("conductor-free")).toMatchObject([{ status: "completed" }]);
    expect(await began(bench, "crowd")).toBe(2);
  });
});
