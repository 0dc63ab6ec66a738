import { describe, expect, it } from "vitest";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import { execute } from "./execute";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { quietClient, type Workbench, workbench } from "./testing/workbench";

const db = useTestDatabase();

const statuses = async (bench: Workbench, id: string) =>
  (await bench.runs(`conductor-${id}`)).map(({ status }) => status);

describe("a singleton that skips", () => {
  it("starts nothing while a run of its key and tenant is open, sleeping or waiting to try again included", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let tries = 0;
    const fn = client.createFunction(
      {
        ...{ id: "sync", triggers: [{ event: "sync.asked" }] },
        singleton: { mode: "skip", key: "event.data.user" },
      },
      async ({ event, step }) => {
        await step.sleep("nap", "1h");
        await step.run("flaky", () => {
          if (event.data.isOurs !== true) return;
          tries += 1;
          if (tries === 1) throw new Error("once");
        });
      },
    );
    const engine = await bench.engine(client, [fn]);
    const ask = (user: string, tenant?: string) =>
      bench.publish("sync.asked", { user, isOurs: tenant === undefined }, tenant);
    await Promise.all([ask("a"), ask("a"), ask("b")]);
    await ask("a", newId("tenant"));
    await pump(engine);
    expect(await statuses(bench, "sync")).toEqual(["running", "running", "running"]);
    bench.advance(3_600_000);
    await pump(engine);
    await ask("a");
    await ask("b");
    await pump(engine);
    // One of them is to try again; whose place it is, is taken.
    expect((await statuses(bench, "sync")).filter((status) => status === "running")).toHaveLength(2);
    bench.advance(60_000);
    await pump(engine);
    bench.advance(3_600_000);
    await pump(engine);
    expect(new Set(await statuses(bench, "sync"))).toEqual(new Set(["completed"]));
    const count = (await statuses(bench, "sync")).length;
    await ask("a");
    await pump(engine);
    expect(await statuses(bench, "sync")).toHaveLength(count + 1);
  });

  it("leaves alone what has no key", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "loose", triggers: [{ event: "loose.asked" }], singleton: { mode: "skip", key: "event.data.user" } },
      ({ step }) => step.sleep("nap", "1h"),
    );
    const engine = await bench.engine(client, [fn]);
    for (let n = 0; n < 3; n += 1) await bench.publish("loose.asked", {});
    await pump(engine);
    expect(await statuses(bench, "loose")).toEqual(["running", "running", "running"]);
  });

  it("has one run, whoever starts it: the database itself refuses a second", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "only", triggers: [{ event: "only.asked" }], singleton: { mode: "skip" } },
      ({ step }) => step.sleep("nap", "1h"),
    );
    const parent = client.createFunction({ id: "caller", triggers: [{ event: "only.asked" }] }, ({ step }) =>
      step.invoke("call", { function: fn }).catch((error: unknown) => String(error)),
    );
    const engines = [await bench.engine(client, [fn, parent]), await bench.engine(client, [fn, parent])];
    for (let n = 0; n < 20; n += 1) await bench.publish("only.asked", {});
    await Promise.all(engines.map(pump));
    expect(await statuses(bench, "only")).toEqual(["running"]);
    const told = (await bench.runs("conductor-caller")).map(({ result }) => String(result));
    expect(told.filter((text) => text.includes("singleton"))).toHaveLength(20);
    const second = `insert into engine.runs (tenant_id, id, function_id, trigger_key, events, singleton)
      select tenant_id, 'exe_second', function_id, 'second', events, singleton from engine.runs where function_id = 'conductor-only'`;
    await expect(bench.query(second)).rejects.toThrow(/engine_runs_singleton_key/);
  });

  it("of a schedule does not start while the last slot's run is open", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "hourly", triggers: [{ cron: "0 * * * *" }], singleton: { mode: "skip" } },
      ({ step }) => step.sleep("nap", "150m"),
    );
    const engine = await bench.engine(client, [fn]);
    for (let hours = 0; hours < 5; hours += 1) {
      bench.advance(3_600_000);
      await pump(engine);
    }
    expect(await statuses(bench, "hourly")).toEqual(["completed", "running"]);
  });
});

describe("a singleton that cancels", () => {
  it("ends the open run for the newest event, and drops what that run's call brings", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "newest", triggers: [{ event: "newest.asked" }], singleton: { mode: "cancel", key: "event.data.user" } },
      ({ event, step }) => step.run("only", () => Number(event.data.n)),
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("newest.asked", { user: "a", n: 1 });
    await routeEvents(engine);
    const late = must((await claimCalls(engine, 1))[0], "there is a call to claim");
    for (const n of [2, 3]) await bench.publish("newest.asked", { user: "a", n });
    await bench.publish("newest.asked", { user: "b", n: 4 });
    await routeEvents(engine);
    await execute(engine, late);
    await pump(engine);
    expect(await bench.runs("conductor-newest")).toMatchObject([
      { status: "cancelled", stack: [] },
      { status: "completed", result: 3 },
      { status: "completed", result: 4 },
    ]);
    const left = "select 1 from engine.jobs join engine.runs on id = run_id where function_id = 'conductor-newest'";
    expect(await bench.query(left)).toEqual([]);
  });

  it("leaves one open run of many that come through two workers", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "last", triggers: [{ event: "last.asked" }], singleton: { mode: "cancel" } },
      async ({ event, step }) => {
        await step.sleep("nap", "1h");
        return Number(event.data.n);
      },
    );
    const engines = [await bench.engine(client, [fn]), await bench.engine(client, [fn])];
    for (let n = 1; n <= 30; n += 1) {
      await bench.publish("last.asked", { n });
      await Promise.all(engines.map(pump));
    }
    bench.advance(3_600_000);
    await Promise.all(engines.map(pump));
    const ended = (await bench.runs("conductor-last")).filter(({ status }) => status !== "cancelled");
    expect(ended).toMatchObject([{ status: "completed", result: 30 }]);
  });
});
