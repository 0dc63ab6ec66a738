import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();
const SECOND_MS = 1_000;

describe("a priority", () => {
  it("lets a run start before those that came up to so many seconds earlier", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const order: string[] = [];
    const fn = client.createFunction(
      {
        ...{ id: "ranked", triggers: [{ event: "ranked.asked" }], concurrency: 1 },
        priority: { run: "event.data.isVip ? 120 : event.data.factor" },
      },
      ({ event }) => {
        order.push(String(event.data.name));
      },
    );
    const engine = await bench.engine(client, [fn]);
    const ask = async (name: string, data: Record<string, unknown>, thenMs = 0) => {
      await bench.publish("ranked.asked", { name, isVip: false, factor: 0, ...data });
      await routeEvents(engine);
      bench.advance(thenMs);
    };
    await ask("oldest", {}, 100 * SECOND_MS);
    await ask("old", {}, 50 * SECOND_MS);
    await ask("plain", {});
    await ask("no number", { factor: "high" });
    await ask("beyond all bounds", { factor: 1_000_000 }, 1_000);
    await ask("vip", { isVip: true });
    await pump(engine);
    expect(order).toEqual(["beyond all bounds", "oldest", "vip", "old", "plain", "no number"]);
  });

  it("below zero delays a run by as many seconds, at most ten minutes", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "later", triggers: [{ event: "later.asked" }], priority: { run: "event.data.factor" } },
      ({ event }) => Number(event.data.factor),
    );
    const engine = await bench.engine(client, [fn]);
    for (const factor of [-30, -9_999]) await bench.publish("later.asked", { factor });
    await routeEvents(engine);
    const due = async () => (await claimCalls(engine, 9)).length;
    expect(await due()).toBe(0);
    bench.advance(30 * SECOND_MS);
    expect(await due()).toBe(1);
    bench.advance(500 * SECOND_MS);
    await pump(engine);
    expect((await bench.runs("conductor-later")).map(({ result }) => result)).toContain(-30);
    expect((await bench.runs("conductor-later")).map(({ status }) => status)).toContain("queued");
    bench.advance(100 * SECOND_MS);
    await pump(engine);
    expect((await bench.runs("conductor-later")).map(({ result }) => result)).toEqual([-30, -9_999]);
  });

  it("decides who is next when a throttle lets few through", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const order: string[] = [];
    const fn = client.createFunction(
      {
        ...{ id: "both", triggers: [{ event: "both.asked" }] },
        ...{ throttle: { limit: 1, period: "10m" }, priority: { run: "event.data.factor" } },
      },
      ({ event }) => {
        order.push(String(event.data.name));
      },
    );
    const engine = await bench.engine(client, [fn]);
    for (const name of ["a", "b", "c", "d"]) await bench.publish("both.asked", { name, factor: 0 });
    await pump(engine);
    await bench.publish("both.asked", { name: "urgent", factor: 600 });
    const counts: number[] = [];
    for (let turns = 0; turns < 4; turns += 1) {
      await pump(engine);
      counts.push(order.length);
      bench.advance(600 * SECOND_MS);
    }
    expect(counts).toEqual([2, 3, 4, 5]);
    expect([...order].sort()).toEqual(["a", "b", "c", "d", "urgent"]);
    expect(order.indexOf("urgent")).toBe(2);
  });
});
