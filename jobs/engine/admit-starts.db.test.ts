import { describe, expect, it } from "vitest";
import { must } from "@/server/kernel/errors";
import { useTestDatabase } from "@/db/testing/test-database";
import { admitStarts } from "./admit-starts";
import { inEngine } from "./engine";
import { pump } from "./pump";
import { quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();
/** Long, so that time which passes in truth makes no difference on a slow machine. */
const MINUTE_MS = 60_000;

describe("flow control", () => {
  it("asks the database nothing about functions without it", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const options = { concurrency: 1, timeouts: { start: "1h" as const }, priority: { run: "1" } };
    const fn = client.createFunction({ id: "plain", triggers: [{ event: "plain.asked" }], ...options }, () => null);
    const engine = await bench.engine(client, [fn]);
    const config = must(engine.configs.get("conductor-plain"), "the function is there");
    const event = { id: "evt", name: "plain.asked", data: {}, ts: 0 };
    const start = { config, tenantId: bench.tenantId, triggerKey: event.id, event };
    const refuse = () => Promise.reject(new Error("a statement"));
    expect(await admitStarts(engine, refuse, [start])).toEqual({ starts: [start], dropped: [] });
  });

  it("decides one after another, whichever transactions ask at once", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const options = { rateLimit: { limit: 1, period: "1h" as const } };
    const fn = client.createFunction({ id: "rivals", triggers: [{ event: "rivals.asked" }], ...options }, () => null);
    const engine = await bench.engine(client, [fn]);
    const config = must(engine.configs.get("conductor-rivals"), "the function is there");
    const admitted = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        inEngine(engine, async (query) => {
          const event = { id: `evt_${n}`, name: "rivals.asked", data: {}, ts: 0 };
          const { starts } = await admitStarts(engine, query, [
            { config, tenantId: bench.tenantId, triggerKey: event.id, event },
          ]);
          return starts;
        }),
      ),
    );
    expect(admitted.flat()).toHaveLength(1);
  });

  it("takes a burst through all of its gates in their order, each deciding about what the one before left", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      {
        ...{ id: "gates", triggers: [{ event: "gates.asked" }], cancelOn: [{ event: "gates.stopped" }] },
        ...{ idempotency: "event.data.id", debounce: { period: "10m", key: "event.data.user" } },
        ...{ singleton: { mode: "skip", key: "event.data.group" }, throttle: { limit: 1, period: "60m" } },
        ...{ priority: { run: "0" }, timeouts: { start: "1d", finish: "1d" }, concurrency: 1 },
      },
      async ({ event, step }) => {
        await step.sleep("nap", "30m");
        return String(event.data.id);
      },
    );
    const engine = await bench.engine(client, [fn]);
    const ask = (id: string, user: string, group: string) => bench.publish("gates.asked", { id, user, group });
    await ask("1", "a", "g");
    await ask("2", "a", "g"); // replaces 1
    await ask("1", "a", "g"); // has been seen
    await ask("3", "b", "g"); // skipped: 2 is its group's
    await ask("4", "c", "h");
    await ask("5", "d", "i"); // the third waits for the throttle
    const results: unknown[][] = [];
    for (let tens = 0; tens < 12; tens += 1) {
      await pump(engine);
      results.push((await bench.runs("conductor-gates")).map(({ status, result }) => result ?? status));
      bench.advance(10 * MINUTE_MS);
    }
    expect(results[0]).toEqual([]);
    expect(results[1]).toEqual(["running", "running", "queued"]);
    expect(results[4]).toEqual(["2", "4", "queued"]);
    expect(results.at(-1)).toEqual(["2", "4", "5"]);
    expect(await bench.query("select 1 from engine.jobs")).toEqual([]);
  });

  it("comes out the same for many events and keys, through one worker or three", async () => {
    const throughWorkers = async (count: number) => {
      const bench = workbench(db);
      const client = quietClient();
      const id = `many-${count}`;
      const fn = client.createFunction(
        {
          ...{ id, triggers: [{ event: `${id}.asked` }] },
          ...{ rateLimit: { limit: 1, period: "24h", key: "event.data.key" }, singleton: { mode: "cancel" } },
          ...{ throttle: { limit: 1, period: "10m" } },
        },
        ({ event }) => Number(event.data.key),
      );
      const engines = await Promise.all(Array.from({ length: count }, () => bench.engine(client, [fn])));
      for (let n = 0; n < 240; n += 1) await bench.publish(`${id}.asked`, { key: n % 60 });
      await Promise.all(engines.map(pump));
      const windows = await bench.query("select control, key from engine.flow where function_id = $1 order by 1, 2", [
        `conductor-${id}`,
      ]);
      return { runs: (await bench.runs(`conductor-${id}`)).length, windows };
    };
    const outcomes = [await throughWorkers(1), await throughWorkers(3)];
    expect(outcomes[0]?.windows).toHaveLength(62);
    expect(outcomes[1]?.windows).toEqual(outcomes[0]?.windows);
    expect(outcomes.every(({ runs }) => runs > 0 && runs <= 60)).toBe(true);
  });
});
