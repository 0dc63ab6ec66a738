import { describe, expect, it } from "vitest";
import { must } from "@/server/kernel/errors";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import { execute } from "./execute";
import { fireTimers } from "./fire-timers";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { quietClient, type Workbench, workbench } from "./testing/workbench";

const db = useTestDatabase();
/** Long, so that time which passes in truth makes no difference on a slow machine. */
const MINUTE_MS = 60_000;

const statuses = async (bench: Workbench, id: string) =>
  (await bench.runs(`conductor-${id}`)).map(({ status }) => status);
const jobsOf = (bench: Workbench, id: string) =>
  bench.query("select dedupe from engine.jobs join engine.runs r on r.id = run_id where function_id = $1", [
    `conductor-${id}`,
  ]);

describe("a start that comes too late", () => {
  it("is cancelled, told of, and never claimed, be its timer late or not", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "soon", triggers: [{ event: "soon.asked" }], timeouts: { start: "10m" } },
      () => "begun",
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("soon.asked", {});
    await pump(engine);
    await bench.publish("soon.asked", {});
    await routeEvents(engine);
    bench.advance(10 * MINUTE_MS);
    expect(await claimCalls(engine, 1)).toEqual([]);
    expect(await fireTimers(engine)).toBe(1);
    expect(await statuses(bench, "soon")).toEqual(["completed", "cancelled"]);
    expect(await jobsOf(bench, "soon")).toEqual([]);
    expect(await bench.query("select 1 from engine.events where name = 'inngest/function.cancelled'")).toHaveLength(1);
  });

  it("is one that a throttle holds back for longer, and what waits for a slot", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      {
        ...{ id: "held", triggers: [{ event: "held.asked" }] },
        ...{ throttle: { limit: 1, period: "60m" }, timeouts: { start: "90m" } },
      },
      ({ step }) => step.sleep("nap", "1d"),
    );
    const engine = await bench.engine(client, [fn]);
    for (let n = 0; n < 5; n += 1) await bench.publish("held.asked", {});
    for (let halves = 0; halves < 6; halves += 1) {
      await pump(engine);
      bench.advance(30 * MINUTE_MS);
    }
    expect(await statuses(bench, "held")).toEqual(["running", "running", "running", "cancelled", "cancelled"]);
  });

  it("is no more once the run has begun, though it waits to try again", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let tries = 0;
    const fn = client.createFunction(
      { id: "retry", triggers: [{ event: "retry.asked" }], timeouts: { start: "5m" } },
      () => {
        tries += 1;
        if (tries === 1) throw new Error("once");
      },
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("retry.asked", {});
    await pump(engine);
    bench.advance(60 * MINUTE_MS);
    await pump(engine);
    expect(await statuses(bench, "retry")).toEqual(["completed"]);
  });
});

describe("a run that takes too long", () => {
  it("is cancelled, and tells the run that invoked it", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const child = client.createFunction(
      { id: "endless", triggers: [{ event: "endless.asked" }], timeouts: { finish: "10m" } },
      ({ step }) => step.sleep("nap", "1d"),
    );
    const parent = client.createFunction({ id: "patient", triggers: [{ event: "patient.asked" }] }, ({ step }) =>
      step.invoke("call", { function: child }).catch((error: unknown) => String(error)),
    );
    const engine = await bench.engine(client, [child, parent]);
    await bench.publish("patient.asked", {});
    await pump(engine);
    bench.advance(9 * MINUTE_MS);
    await pump(engine);
    expect(await statuses(bench, "endless")).toEqual(["running"]);
    bench.advance(MINUTE_MS);
    await pump(engine);
    expect(await statuses(bench, "endless")).toEqual(["cancelled"]);
    expect(await bench.runs("conductor-patient")).toMatchObject([
      { status: "completed", result: expect.stringContaining("cancelled") as string },
    ]);
  });

  it("is counted from its beginning, not from its event", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "queued", triggers: [{ event: "queued.asked" }], timeouts: { finish: "10m" } },
      ({ step }) => step.sleep("nap", "8m"),
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("queued.asked", {});
    await routeEvents(engine);
    bench.advance(60 * MINUTE_MS);
    await pump(engine);
    bench.advance(8 * MINUTE_MS);
    await pump(engine);
    expect(await statuses(bench, "queued")).toEqual(["completed"]);
    expect(await jobsOf(bench, "queued")).toEqual([]);
  });

  it("drops what its code still brings, alone or among others that end", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "working", triggers: [{ event: "working.asked" }], timeouts: { finish: "10m" } },
      () => "late",
    );
    const engine = await bench.engine(client, [fn], { leaseMs: 3_600_000 });
    await bench.publish("working.asked", {});
    await routeEvents(engine);
    const late = must((await claimCalls(engine, 1))[0], "there is a call to claim");
    bench.advance(10 * MINUTE_MS);
    await bench.publish("working.asked", {});
    await routeEvents(engine);
    const good = must((await claimCalls(engine, 1))[0], "there is another call to claim");
    await fireTimers(engine);
    expect(await Promise.all([late, good].map((claim) => execute(engine, claim)))).toEqual(["fenced", "committed"]);
    expect(await bench.runs("conductor-working")).toMatchObject([
      { status: "cancelled", result: null },
      { status: "completed", result: "late" },
    ]);
    expect(await jobsOf(bench, "working")).toEqual([]);
  });
});
