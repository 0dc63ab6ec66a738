import { describe, expect, it } from "vitest";
import { newId } from "@/server/kernel/ids";
import { useTestDatabase } from "@/db/testing/test-database";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();
const HOUR_MS = 3_600_000;

describe("a rate limit", () => {
  it("drops what comes too soon, for each key, tenant and function by themselves", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const limited = (id: string) =>
      client.createFunction(
        {
          ...{ id, triggers: [{ event: "sync.asked" }] },
          rateLimit: { limit: 1, period: "4h", key: "event.data.company" },
        },
        ({ event }) => event.data as unknown,
      );
    const engine = await bench.engine(client, [limited("sync"), limited("other")]);
    const other = newId("tenant");
    await bench.publish("sync.asked", { company: "a", n: 1 });
    await bench.publish("sync.asked", { company: "a", n: 2 });
    await bench.publish("sync.asked", { company: "b", n: 3 });
    await bench.publish("sync.asked", { company: "a", n: 4 }, other);
    await pump(engine);
    const begun = async (id: string) => (await bench.runs(id)).map(({ result }) => (result as { n: number }).n);
    expect((await begun("conductor-sync")).sort()).toEqual([1, 3, 4]);
    expect((await begun("conductor-other")).sort()).toEqual([1, 3, 4]);
    bench.advance(3 * HOUR_MS);
    await bench.publish("sync.asked", { company: "a", n: 5 });
    await pump(engine);
    bench.advance(HOUR_MS);
    await bench.publish("sync.asked", { company: "a", n: 6 });
    await pump(engine);
    expect((await begun("conductor-sync")).sort()).toEqual([1, 3, 4, 6]);
  });

  it("leaves alone what has no key, and does not take it for an empty one", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      {
        ...{ id: "keyless", triggers: [{ event: "keyless.asked" }] },
        rateLimit: { limit: 1, period: "1h", key: "event.data.company" },
      },
      ({ event }) => event.data as unknown,
    );
    const engine = await bench.engine(client, [fn]);
    for (const data of [{}, {}, { company: "" }, { company: "" }, { company: null }])
      await bench.publish("keyless.asked", data);
    await pump(engine);
    const results = (await bench.runs("conductor-keyless")).map(({ result }) => result);
    expect(results).toEqual([{}, {}, { company: "" }, { company: null }]);
  });

  it("keeps short rows, whatever keys are made of", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "long", triggers: [{ event: "long.asked" }], idempotency: "event.data.text" },
      () => null,
    );
    const engine = await bench.engine(client, [fn]);
    const text = "é\u0000".repeat(50_000);
    for (const last of ["a", "b", "a"]) await bench.publish("long.asked", { text: text + last });
    await pump(engine);
    expect(await bench.runs("conductor-long")).toHaveLength(2);
    const rows = await bench.query<{ length: number }>(
      "select length(key) from engine.flow where function_id = 'conductor-long'",
    );
    expect(rows).toEqual([{ length: 65 }, { length: 65 }]);
  });

  it("is used up together with the start, or not at all", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "torn", triggers: [{ event: "torn.asked" }], rateLimit: { limit: 1, period: "1h" } },
      () => null,
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("torn.asked", {});
    // Whatever ends the transaction after the decision: here, the event cannot be marked as routed.
    await bench.query(
      "alter table engine.events add constraint torn check (name <> 'torn.asked' or routed_at is null)",
    );
    await expect(routeEvents(engine)).rejects.toThrow();
    expect(await bench.query("select 1 from engine.flow where function_id = 'conductor-torn'")).toEqual([]);
    await bench.query("alter table engine.events drop constraint torn");
    await pump(engine);
    expect(await bench.runs("conductor-torn")).toMatchObject([{ status: "completed" }]);
  });

  it("tells the run that invoked the function that it was not started", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const child = client.createFunction(
      { id: "rare", triggers: [], rateLimit: { limit: 1, period: "1h" } },
      () => "child",
    );
    const parent = client.createFunction({ id: "eager", triggers: [{ event: "eager.asked" }] }, async ({ step }) => {
      const first = await step.invoke("first", { function: child });
      const second = await step.invoke("second", { function: child }).catch((error: unknown) => String(error));
      return [first, second];
    });
    const engine = await bench.engine(client, [child, parent]);
    await bench.publish("eager.asked", {});
    await pump(engine);
    expect(await bench.runs("conductor-eager")).toMatchObject([
      { status: "completed", result: ["child", expect.stringContaining("rate_limit") as string] },
    ]);
    expect(await bench.runs("conductor-rare")).toHaveLength(1);
  });
});

it("a rate limit lets no more through when many runs invoke its function at once", async () => {
  const bench = workbench(db);
  const client = quietClient();
  const child = client.createFunction(
    { id: "scarce", triggers: [], rateLimit: { limit: 1, period: "1h" } },
    () => "child",
  );
  const parent = client.createFunction({ id: "crowd", triggers: [{ event: "crowd.asked" }] }, ({ step }) =>
    step.invoke("call", { function: child }).catch(() => "none"),
  );
  const engines = [await bench.engine(client, [child, parent]), await bench.engine(client, [child, parent])];
  for (let n = 0; n < 20; n += 1) await bench.publish("crowd.asked", {});
  await Promise.all(engines.map(pump));
  const results = (await bench.runs("conductor-crowd")).map(({ result }) => result);
  expect(results.filter((result) => result === "child")).toHaveLength(1);
  expect(results.filter((result) => result === "none")).toHaveLength(19);
});

describe("idempotency", () => {
  it("starts a function once per key in 24 hours, whoever routes and however many there are", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "checkout", triggers: [{ event: "cart.paid" }], idempotency: "event.data.cart" },
      ({ event }) => String(event.data.cart),
    );
    const engines = [await bench.engine(client, [fn]), await bench.engine(client, [fn])];
    const carts = Array.from({ length: 30 }, (_, n) => `cart ${n}`);
    for (const cart of [...carts, ...carts]) await bench.publish("cart.paid", { cart });
    await Promise.all(engines.map(pump));
    const paid = async () => (await bench.runs("conductor-checkout")).map(({ result }) => String(result)).sort();
    expect(await paid()).toEqual([...carts].sort());
    bench.advance(23 * HOUR_MS);
    await bench.publish("cart.paid", { cart: "cart 1" });
    await pump(engines[0] ?? (await bench.engine(client, [fn])));
    expect(await paid()).toHaveLength(30);
    bench.advance(2 * HOUR_MS);
    await bench.publish("cart.paid", { cart: "cart 1" });
    await Promise.all(engines.map(pump));
    expect(await paid()).toHaveLength(31);
  });

  it("uses nothing up when an event is routed once more", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "again", triggers: [{ event: "again.asked" }], rateLimit: { limit: 1, period: "1h" } },
      () => null,
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("again.asked", {});
    await pump(engine);
    bench.advance(HOUR_MS);
    await bench.query("update engine.events set routed_at = null where name = 'again.asked'");
    await bench.publish("again.asked", {});
    await pump(engine);
    expect(await bench.runs("conductor-again")).toHaveLength(2);
  });
});
