import { describe, expect, it } from "vitest";
import { withEngine } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { UnsupportedFunctionError } from "./config";
import { fireCrons } from "./fire-crons";
import { pump } from "./pump";
import { quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();

describe("an event", () => {
  it("starts each function it triggers once, however often and by whomever it is routed", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const one = client.createFunction({ id: "one", triggers: [{ event: "thing.done" }] }, () => 1);
    const two = client.createFunction(
      { id: "two", triggers: [{ event: "thing.done", if: "event.data.size > 1" }] },
      () => 2,
    );
    const engines = [await bench.engine(client, [one, two]), await bench.engine(client, [one, two])];
    await bench.publish("thing.done", { size: 1 });
    await bench.publish("thing.done", { size: 2 });
    await Promise.all(engines.map(pump));
    await bench.query("update engine.events set routed_at = null where name = 'thing.done'");
    await Promise.all(engines.map(pump));
    expect(await bench.runs("conductor-one")).toHaveLength(2);
    expect(await bench.runs("conductor-two")).toHaveLength(1);
  });

  it("is sent by a step exactly once, even when the step runs again", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let tries = 0;
    const sender = client.createFunction({ id: "sender", triggers: [{ event: "send.asked" }] }, async ({ step }) => {
      await step.sendEvent("fan out", [
        { name: "child.born", data: { n: 1 } },
        { name: "child.born", data: { n: 2 } },
      ]);
      await step.run("by hand", async () => {
        await client.send({ name: "child.born", data: { n: 3 } });
        tries += 1;
        if (tries === 1) throw new Error("after sending");
      });
    });
    const child = client.createFunction({ id: "child", triggers: [{ event: "child.born" }] }, ({ event }) =>
      Number(event.data.n),
    );
    const engine = await bench.engine(client, [sender, child]);
    await bench.publish("send.asked", {});
    await pump(engine);
    bench.advance(20_000);
    await pump(engine);
    expect(tries).toBe(2);
    const children = await bench.runs("conductor-child");
    expect(children.map((run) => run.result).sort()).toEqual([1, 2, 3]);
    expect(new Set(children.map((run) => run.tenant_id))).toEqual(new Set([bench.tenantId]));
  });

  it("that cannot be routed is set aside and holds up none that came after it", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "picky", triggers: [{ event: "odd.one" }] }, ({ event }) => event.data);
    const engine = await bench.engine(client, [fn]);
    for (const word of ["good", "poison", "fine"]) await bench.publish("odd.one", { word });
    // A constraint of the test's own stands for whatever about an event may make its routing fail.
    await bench.query("alter table engine.runs add constraint picky check (events::text not like '%poison%')");
    await pump(engine);
    await bench.query("alter table engine.runs drop constraint picky");
    expect((await bench.runs("conductor-picky")).map((run) => run.result)).toEqual([
      { word: "good" },
      { word: "fine" },
    ]);
    expect(await bench.query("select 1 from engine.events where routed_at is null")).toEqual([]);
  });

  it("cannot be sent from outside a call: verbs record theirs", async () => {
    await expect(quietClient().send({ name: "stray.sent", data: {} })).rejects.toThrow();
  });
});

describe("a schedule", () => {
  it("starts its function once per slot, and skips slots that passed unseen", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const slots: number[] = [];
    const fn = client.createFunction(
      { id: "hourly", triggers: [{ cron: "TZ=Europe/Berlin 0 * * * *" }] },
      ({ event }) => {
        slots.push(event.ts);
      },
    );
    const engines = [await bench.engine(client, [fn]), await bench.engine(client, [fn])];
    await Promise.all(engines.map(pump));
    expect(slots).toEqual([]);
    bench.advance(3_600_000);
    await Promise.all(engines.map(pump));
    expect(slots).toHaveLength(1);
    bench.advance(5 * 3_600_000);
    await Promise.all(engines.map(pump));
    expect(slots).toHaveLength(2);
    expect(slots.every((ts) => ts % 3_600_000 === 0)).toBe(true);
    expect(await bench.runs("conductor-hourly")).toMatchObject([{ tenant_id: "system" }, { tenant_id: "system" }]);
  });

  it("fires a slot no second time when its row is set back", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "daily", triggers: [{ cron: "0 0 * * *" }] }, () => null);
    const engine = await bench.engine(client, [fn]);
    const slot = await bench.query<{ next_at: Date }>("select next_at from engine.cron where function_id = $1", [
      "conductor-daily",
    ]);
    bench.advance(86_400_000);
    await fireCrons(engine);
    await withEngine(db, (query) =>
      query("update engine.cron set next_at = $1 where function_id = 'conductor-daily'", [slot[0]?.next_at]),
    );
    await fireCrons(engine);
    expect(await bench.runs("conductor-daily")).toHaveLength(1);
  });
});

describe("an invocation", () => {
  it("gives the parent what the child returns, or its error", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const child = client.createFunction(
      { id: "square", retries: 0, triggers: [{ event: "square.asked" }] },
      async ({ event, step }) => {
        const n = Number(event.data.n);
        if (n < 0) throw new Error("negative");
        return step.run("square", () => n * n);
      },
    );
    const parent = client.createFunction({ id: "parent", triggers: [{ event: "sum.asked" }] }, async ({ step }) => {
      const good = await Promise.all([2, 3].map((n) => step.invoke(`square ${n}`, { function: child, data: { n } })));
      const bad = await step
        .invoke("bad", { function: child, data: { n: -1 } })
        .catch((error: unknown) => (error instanceof Error ? error.message : "?"));
      return { good, bad };
    });
    const engine = await bench.engine(client, [parent, child]);
    await bench.publish("sum.asked", {});
    await pump(engine);
    expect(await bench.runs("conductor-parent")).toMatchObject([
      { status: "completed", result: { good: [4, 9], bad: "negative" } },
    ]);
    expect(await bench.runs("conductor-square")).toMatchObject(Array(3).fill({ tenant_id: bench.tenantId }));
  });

  it("fails in the parent when its time is up", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const child = client.createFunction({ id: "sleeper", triggers: [] }, ({ step }) => step.sleep("long", "1d"));
    const parent = client.createFunction({ id: "hasty", triggers: [{ event: "haste.asked" }] }, ({ step }) =>
      step.invoke("sleeper", { function: child, timeout: "1m" }).catch((error: unknown) => (error as Error).message),
    );
    const engine = await bench.engine(client, [parent, child]);
    await bench.publish("haste.asked", {});
    await pump(engine);
    bench.advance(60_000);
    await pump(engine);
    expect(await bench.runs("conductor-hasty")).toMatchObject([
      { status: "completed", result: expect.stringContaining("Timed out") as string },
    ]);
  });
});

describe("boot", () => {
  it("refuses functions that ask for what is not there, naming all of it", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fns = [
      client.createFunction({ id: "throttled", throttle: { limit: 1, period: "9d" }, triggers: [] }, () => null),
      client.createFunction(
        {
          ...{ id: "batched", triggers: [], batchEvents: { maxSize: 2, timeout: "1s" } },
          cancelOn: [{ event: "x.stopped" }],
        },
        () => null,
      ),
      client.createFunction({ id: "wrong", triggers: [{ event: "x.y", if: "event.data ==" }] }, () => null),
    ];
    const refusal = bench.engine(client, fns);
    await expect(refusal).rejects.toBeInstanceOf(UnsupportedFunctionError);
    await expect(refusal).rejects.toThrow(
      /conductor-throttled.*throttle[^]*conductor-batched.*batch.*cancelOn[^]*conductor-wrong/,
    );
  });
});
