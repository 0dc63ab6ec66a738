import { describe, expect, it } from "vitest";
import { newId } from "@/server/kernel/ids";
import { useTestDatabase } from "@/db/testing/test-database";
import { fireCollections } from "./fire-collections";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { quietClient, type Workbench, workbench } from "./testing/workbench";

const db = useTestDatabase();
/** Long, so that time which passes in truth makes no difference on a slow machine. */
const MINUTE_MS = 60_000;

const results = async (bench: Workbench, id: string) =>
  (await bench.runs(`conductor-${id}`)).map(({ result }) => result);
const gathered = (bench: Workbench, id: string) =>
  bench.query(
    "select c.id, place from engine.collections c left join engine.collected on collection_id = c.id where function_id = $1",
    [`conductor-${id}`],
  );

describe("a debounce", () => {
  it("starts once its burst is over, with the last event of each key", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "quiet", triggers: [{ event: "doc.edited" }], debounce: { period: "10m", key: "event.data.doc" } },
      ({ event }) => event.data as unknown,
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("doc.edited", { doc: "a", n: 1 });
    await bench.publish("doc.edited", { doc: "b", n: 2 });
    await bench.publish("doc.edited", { doc: "a", n: 3 }, newId("tenant"));
    await pump(engine);
    bench.advance(8 * MINUTE_MS);
    await bench.publish("doc.edited", { doc: "a", n: 4 });
    await bench.publish("doc.edited", { doc: "a", n: 5 });
    await pump(engine);
    expect(await results(bench, "quiet")).toEqual([]);
    bench.advance(2 * MINUTE_MS);
    await pump(engine);
    expect(await results(bench, "quiet")).toEqual([
      { doc: "b", n: 2 },
      { doc: "a", n: 3 },
    ]);
    bench.advance(8 * MINUTE_MS);
    await pump(engine);
    expect(await results(bench, "quiet")).toContainEqual({ doc: "a", n: 5 });
    expect(await bench.runs("conductor-quiet")).toHaveLength(3);
    expect(await gathered(bench, "quiet")).toEqual([]);
  });

  it("starts at its timeout however long the burst lasts, and then opens anew", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "busy", triggers: [{ event: "busy.edited" }], debounce: { period: "10m", timeout: "25m" } },
      ({ event }) => Number(event.data.n),
    );
    const engine = await bench.engine(client, [fn]);
    for (let n = 1; n <= 12; n += 1) {
      await bench.publish("busy.edited", { n });
      await pump(engine);
      bench.advance(5 * MINUTE_MS);
    }
    expect(await results(bench, "busy")).toEqual([5, 10]);
  });

  it("that was over before anybody looked starts without what came after it", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "late", triggers: [{ event: "late.edited" }], debounce: { period: "10m" } },
      ({ event }) => Number(event.data.n),
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("late.edited", { n: 1 });
    await routeEvents(engine);
    bench.advance(60 * MINUTE_MS);
    await bench.publish("late.edited", { n: 2 });
    await routeEvents(engine);
    await pump(engine);
    expect(await results(bench, "late")).toEqual([1]);
    bench.advance(10 * MINUTE_MS);
    await pump(engine);
    expect(await results(bench, "late")).toEqual([1, 2]);
  });

  it("holds back no invocation, and nothing without a key", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const child = client.createFunction(
      {
        ...{ id: "direct", triggers: [{ event: "direct.asked" }] },
        debounce: { period: "1h", key: "event.data.user" },
      },
      () => "child",
    );
    const parent = client.createFunction({ id: "calling", triggers: [{ event: "calling.asked" }] }, ({ step }) =>
      step.invoke("call", { function: child, data: { user: "u" } }),
    );
    const engine = await bench.engine(client, [child, parent]);
    await bench.publish("calling.asked", {});
    for (let n = 0; n < 2; n += 1) await bench.publish("direct.asked", {});
    await pump(engine);
    expect(await results(bench, "calling")).toEqual(["child"]);
    expect(await results(bench, "direct")).toEqual(["child", "child", "child"]);
  });

  it("starts once, whichever of two workers comes to it", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "raced", triggers: [{ event: "raced.edited" }], debounce: { period: "10m", key: "event.data.doc" } },
      () => null,
    );
    const engines = [await bench.engine(client, [fn]), await bench.engine(client, [fn])];
    for (let doc = 0; doc < 50; doc += 1) await bench.publish("raced.edited", { doc });
    await Promise.all(engines.map(pump));
    bench.advance(10 * MINUTE_MS);
    await Promise.all(engines.map(pump));
    expect(await bench.runs("conductor-raced")).toHaveLength(50);
    expect(await gathered(bench, "raced")).toEqual([]);
  });
});

describe("a batch", () => {
  const numbers = (events: readonly { data: unknown }[]) => events.map(({ data }) => (data as { n: number }).n);

  it("starts when it is full, or when its time is over, with all of its events in their order", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      {
        ...{ id: "bulk", triggers: [{ event: "log.written" }] },
        batchEvents: { maxSize: 3, timeout: "600s", key: "event.data.user" },
      },
      ({ event, events }) => [event.data.n as number, numbers(events)] as const,
    );
    const engine = await bench.engine(client, [fn]);
    for (let n = 1; n <= 7; n += 1) await bench.publish("log.written", { user: "a", n });
    await bench.publish("log.written", { user: "b", n: 8 });
    await bench.publish("log.written", { user: "a", n: 9 }, newId("tenant"));
    await pump(engine);
    expect(await results(bench, "bulk")).toEqual([
      [1, [1, 2, 3]],
      [4, [4, 5, 6]],
    ]);
    bench.advance(9 * MINUTE_MS);
    await bench.publish("log.written", { user: "a", n: 10 });
    await pump(engine);
    expect(await results(bench, "bulk")).toHaveLength(2);
    bench.advance(MINUTE_MS);
    await pump(engine);
    expect((await results(bench, "bulk")).slice(2).sort()).toEqual([
      [7, [7, 10]],
      [8, [8]],
      [9, [9]],
    ]);
    expect(await gathered(bench, "bulk")).toEqual([]);
  });

  it("fills over several rounds of routing", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "slow", triggers: [{ event: "slow.written" }], batchEvents: { maxSize: 4, timeout: "3600s" } },
      ({ events, step }) => step.run("sum", () => numbers(events).reduce((sum, n) => sum + n, 0)),
    );
    const engine = await bench.engine(client, [fn], { checkpoints: false });
    for (let n = 1; n <= 9; n += 1) {
      await bench.publish("slow.written", { n });
      await pump(engine);
    }
    expect(await results(bench, "slow")).toEqual([10, 26]);
  });

  it("leaves alone what its condition does not hold for, and what has no key", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      {
        ...{ id: "some", triggers: [{ event: "some.written" }] },
        batchEvents: { maxSize: 9, timeout: "3600s", key: "event.data.user", if: "event.data.isFree" },
      },
      ({ events }) => numbers(events),
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("some.written", { user: "a", isFree: true, n: 1 });
    await bench.publish("some.written", { user: "a", isFree: false, n: 2 });
    await bench.publish("some.written", { user: "a", n: 3 });
    await bench.publish("some.written", { isFree: true, n: 4 });
    await pump(engine);
    expect(await results(bench, "some")).toEqual([[2], [3], [4]]);
  });

  it("starts early rather than weigh more than 10 MiB", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "heavy", triggers: [{ event: "heavy.written" }], batchEvents: { maxSize: 100, timeout: "3600s" } },
      ({ events }) => numbers(events),
    );
    const engine = await bench.engine(client, [fn]);
    const text = "\u0000".repeat(700_000); // six bytes each, as JSON
    for (let n = 1; n <= 5; n += 1) await bench.publish("heavy.written", { n, text });
    await pump(engine);
    expect(await results(bench, "heavy")).toEqual([
      [1, 2],
      [3, 4],
    ]);
    bench.advance(60 * MINUTE_MS);
    await pump(engine);
    expect(await results(bench, "heavy")).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("loses and doubles nothing when its transaction does not commit, and when two workers race", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "sure", triggers: [{ event: "sure.written" }], batchEvents: { maxSize: 7, timeout: "600s" } },
      ({ events }) => numbers(events),
    );
    const engines = [await bench.engine(client, [fn]), await bench.engine(client, [fn])] as const;
    for (let n = 0; n < 3; n += 1) await bench.publish("sure.written", { n });
    await routeEvents(engines[0]);
    bench.advance(10 * MINUTE_MS);
    await bench.query("alter table engine.runs add constraint torn check (function_id <> 'conductor-sure')");
    await expect(fireCollections(engines[0])).rejects.toThrow();
    await bench.query("alter table engine.runs drop constraint torn");
    expect(await gathered(bench, "sure")).toHaveLength(3);
    for (let n = 3; n < 100; n += 1) await bench.publish("sure.written", { n });
    await Promise.all(engines.map(pump));
    bench.advance(10 * MINUTE_MS);
    await Promise.all(engines.map(pump));
    const batches = (await results(bench, "sure")) as number[][];
    expect(batches.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n));
    expect(batches[0]).toEqual([0, 1, 2]);
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(7);
  });

  it("tells its failure with all of its events", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let told: unknown;
    const fn = client.createFunction(
      {
        ...{ id: "broken", triggers: [{ event: "broken.written" }], retries: 0 },
        batchEvents: { maxSize: 2, timeout: "3600s" },
        onFailure: ({ event }) => {
          const { events } = event.data as unknown as { events: { data: unknown }[] };
          told = numbers(events);
        },
      },
      () => {
        throw new Error("no");
      },
    );
    const engine = await bench.engine(client, [fn]);
    for (const n of [1, 2]) await bench.publish("broken.written", { n });
    await pump(engine);
    expect(told).toEqual([1, 2]);
  });

  it("starts as it is when its function no longer gathers", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const triggers = [{ event: "former.written" }];
    const former = client.createFunction(
      { id: "former", triggers, batchEvents: { maxSize: 9, timeout: "600s" } },
      ({ events }) => numbers(events),
    );
    const before = await bench.engine(client, [former]);
    for (const n of [1, 2]) await bench.publish("former.written", { n });
    await pump(before);
    bench.advance(10 * MINUTE_MS);
    const other = quietClient();
    const plain = other.createFunction({ id: "former", triggers }, ({ events }) => numbers(events));
    const after = await bench.engine(other, [plain]);
    await pump(after);
    expect(await results(bench, "former")).toEqual([[1, 2]]);
  });
});
