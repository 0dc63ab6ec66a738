import { describe, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import { execute } from "./execute";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();

function approval(name: string) {
  const bench = workbench(db);
  const client = quietClient();
  const fn = client.createFunction({ id: name, triggers: [{ event: `${name}.asked` }] }, async ({ step }) => {
    const decided = await step.waitForEvent("decision", {
      event: `${name}.decided`,
      timeout: "1h",
      if: "event.data.id == async.data.id && async.data.votes % 2 == 1",
    });
    return decided === null ? "timed out" : decided.data;
  });
  return { bench, boot: () => bench.engine(client, [fn]), runs: () => bench.runs(`conductor-${name}`) };
}

describe("waiting for an event", () => {
  it("ends with the first event that matches", async () => {
    const { bench, boot, runs } = approval("match");
    const engine = await boot();
    await bench.publish("match.asked", { id: "a" });
    await pump(engine);
    await bench.publish("match.decided", { id: "b", votes: 1 });
    await bench.publish("match.decided", { id: "a", votes: 2 });
    await pump(engine);
    expect(await runs()).toMatchObject([{ status: "running" }]);
    await bench.publish("match.decided", { id: "a", votes: 3 });
    await bench.publish("match.decided", { id: "a", votes: 5 });
    await pump(engine);
    expect(await runs()).toMatchObject([{ status: "completed", result: { id: "a", votes: 3 } }]);
    expect(await bench.query("select 1 from engine.waits")).toEqual([]);
    expect(await bench.query("select 1 from engine.jobs")).toEqual([]);
  });

  it("ends with nothing when its time is up", async () => {
    const { bench, boot, runs } = approval("timeout");
    const engine = await boot();
    await bench.publish("timeout.asked", { id: "a" });
    await pump(engine);
    bench.advance(3_600_000);
    await pump(engine);
    expect(await runs()).toMatchObject([{ status: "completed", result: "timed out" }]);
    expect(await bench.query("select 1 from engine.waits")).toEqual([]);
  });

  it("takes no event from before the run came to it", async () => {
    const { bench, boot, runs } = approval("early");
    const engine = await boot();
    await bench.publish("early.decided", { id: "a", votes: 1 });
    await pump(engine);
    await bench.publish("early.asked", { id: "a" });
    await pump(engine);
    expect(await runs()).toMatchObject([{ status: "running" }]);
  });

  it("does not miss an event that is routed while the wait is about to open", async () => {
    const { bench, boot, runs } = approval("between");
    const engine = await boot();
    await bench.publish("between.asked", { id: "a" });
    await routeEvents(engine);
    const [claim] = await claimCalls(engine, 1);
    await bench.publish("between.decided", { id: "a", votes: 1 });
    await routeEvents(engine);
    if (claim !== undefined) await execute(engine, claim);
    await pump(engine);
    expect(await runs()).toMatchObject([{ status: "completed", result: { id: "a", votes: 1 } }]);
  });

  it("hears nothing of another tenant", async () => {
    const { bench, boot, runs } = approval("wall");
    const engine = await boot();
    await bench.publish("wall.asked", { id: "a" });
    await pump(engine);
    const other = await makeTenant(db.database);
    await bench.publish("wall.decided", { id: "a", votes: 1 }, other.tenantId);
    await pump(engine);
    expect(await runs()).toMatchObject([{ status: "running" }]);
  });
});

describe("waiting for the end of another run", () => {
  it("finds it even when it came before anybody waited for it", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const child = client.createFunction({ id: "quick-child", triggers: [{ event: "child.asked" }] }, () => 42);
    const parent = client.createFunction(
      { id: "patient", triggers: [{ event: "patience.asked" }] },
      async ({ step }) => {
        await step.sendEvent("ask", { name: "child.asked", data: {} });
        const ended = await step.waitForEvent("ended", {
          event: "inngest/function.finished",
          timeout: "1h",
          if: "async.data.function_id == 'conductor-quick-child'",
        });
        return ended?.data.result as number;
      },
    );
    const engine = await bench.engine(client, [parent, child], { checkpoints: false });
    await bench.publish("patience.asked", {});
    await routeEvents(engine);
    for (const claim of await claimCalls(engine, 1)) await execute(engine, claim);
    const [discovery] = await claimCalls(engine, 1);
    await pump(engine);
    const unrouted = await bench.query("select 1 from engine.events where routed_at is null");
    expect([await bench.runs("conductor-quick-child"), unrouted]).toMatchObject([[{ status: "completed" }], []]);
    if (discovery !== undefined) await execute(engine, discovery);
    await pump(engine);
    expect(await bench.runs("conductor-patient")).toMatchObject([{ status: "completed", result: 42 }]);
  });
});

describe("cancelOn", () => {
  it("ends the run it matches, even within the batch of events that started it", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      {
        id: "cancellable",
        triggers: [{ event: "work.asked" }],
        cancelOn: [{ event: "work.withdrawn", if: "event.data.id == async.data.id" }],
      },
      async ({ step }) => {
        await step.sleep("long", "1d");
      },
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("work.asked", { id: 1 });
    await bench.publish("work.asked", { id: 2 });
    await pump(engine);
    await bench.publish("work.asked", { id: 3 });
    await bench.publish("work.withdrawn", { id: 3 });
    await bench.publish("work.withdrawn", { id: 1 });
    await pump(engine);
    const statuses = (await bench.runs("conductor-cancellable")).map((run) => run.status);
    expect(statuses).toEqual(["cancelled", "running", "cancelled"]);
    const cancelled = await bench.query("select 1 from engine.events where name = 'inngest/function.cancelled'");
    expect(cancelled).toHaveLength(2);
  });

  it("drops what a cancelled run's call comes back with", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "stopped", triggers: [{ event: "stop.asked" }], cancelOn: [{ event: "stop.now" }] },
      async ({ step }) => step.run("only", () => 1),
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("stop.asked", {});
    await routeEvents(engine);
    const [claim] = await claimCalls(engine, 1);
    await bench.publish("stop.now", {});
    await routeEvents(engine);
    if (claim !== undefined) await execute(engine, claim);
    expect(await bench.runs("conductor-stopped")).toMatchObject([{ status: "cancelled", stack: [] }]);
    expect(await pump(engine)).toBe(0);
  });
});
