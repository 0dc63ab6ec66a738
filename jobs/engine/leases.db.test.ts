import type { Inngest } from "inngest";
import { describe, expect, it } from "vitest";
import { must } from "@/server/kernel/errors";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import { MOST_CRASHES } from "./decide";
import { DEFAULT_TUNING, type Engine } from "./engine";
import { execute } from "./execute";
import { heartbeat, releaseLeases } from "./leases";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { hashOf, quietClient, type Workbench, workbench } from "./testing/workbench";

const db = useTestDatabase();
const LEASE_MS = DEFAULT_TUNING.leaseMs;

const claimOne = async (engine: Engine) => must((await claimCalls(engine, 1))[0], "there is a call to claim");

/** Two workers that run the same function, which is at its first call. */
async function twoWorkers(bench: Workbench, client: Inngest.Any, id: string, body: () => unknown) {
  const fn = client.createFunction({ id, triggers: [{ event: `${id}.asked` }] }, async ({ step }) => {
    const value = await step.run("only", body);
    return { value };
  });
  const engines = [await bench.engine(client, [fn]), await bench.engine(client, [fn])] as const;
  await bench.publish(`${id}.asked`, {});
  await routeEvents(engines[0]);
  return engines;
}

describe("a lease", () => {
  it("that ran out passes the call on, and fences out what the first worker still brings", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let ran = 0;
    const [first, second] = await twoWorkers(bench, client, "fenced", () => ++ran);
    const late = await claimOne(first);
    expect(await claimCalls(second, 1)).toEqual([]);
    bench.advance(LEASE_MS + 1);
    await pump(second);
    expect(await bench.runs("conductor-fenced")).toMatchObject([{ status: "completed", result: { value: 1 } }]);
    expect(await execute(first, late)).toBe("fenced");
    expect(ran).toBe(2);
    expect(await bench.runs("conductor-fenced")).toMatchObject([{ result: { value: 1 }, stack: [hashOf("only")] }]);
    expect(await bench.query("select 1 from engine.jobs")).toEqual([]);
  });

  it("fences out a late result while the second worker is still at it", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let ran = 0;
    const [first, second] = await twoWorkers(bench, client, "still", () => ++ran);
    const late = await claimOne(first);
    bench.advance(LEASE_MS + 1);
    const taken = await claimOne(second);
    expect(taken.crashes).toBe(1);
    expect(await execute(first, late)).toBe("fenced");
    expect(await execute(second, taken)).toBe("committed");
    await pump(second);
    expect(await bench.runs("conductor-still")).toMatchObject([{ status: "completed" }]);
  });

  it("holds as long as its worker says so", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const [first, second] = await twoWorkers(bench, client, "held", () => 1);
    const claim = await claimOne(first);
    for (let beats = 0; beats < 5; beats += 1) {
      bench.advance(LEASE_MS - 1_000);
      expect(await heartbeat(first, [claim.leaseId])).toEqual(new Set([claim.leaseId]));
      expect(await claimCalls(second, 1)).toEqual([]);
    }
    expect(await execute(first, claim)).toBe("committed");
  });

  it("tells its worker when it is lost", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const [first, second] = await twoWorkers(bench, client, "lost", () => 1);
    const claim = await claimOne(first);
    bench.advance(LEASE_MS + 1);
    await claimOne(second);
    expect(await heartbeat(first, [claim.leaseId])).toEqual(new Set());
  });

  it("given back on purpose is no crash", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const [first, second] = await twoWorkers(bench, client, "back", () => 1);
    const claim = await claimOne(first);
    await releaseLeases(first, [claim.leaseId]);
    expect(await claimOne(second)).toMatchObject({ runId: claim.runId, crashes: 0 });
    expect(await execute(first, claim)).toBe("fenced");
  });
});

describe("a step that kills its worker", () => {
  it("fails when it has done so too often, where the function may catch it", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "poison", triggers: [{ event: "poison.asked" }] }, async ({ step }) => {
      const safe = await step.run("safe", () => "safe");
      const poison = await step.run("poison", () => "never").catch((error: unknown) => (error as Error).message);
      return [safe, poison];
    });
    const engine = await bench.engine(client, [fn], { checkpoints: false });
    await bench.publish("poison.asked", {});
    await routeEvents(engine);
    await execute(engine, await claimOne(engine));
    // The call that would run the step dies once, so the next one only plans it; then the step's own call dies.
    await claimOne(engine);
    bench.advance(LEASE_MS + 1);
    await execute(engine, await claimOne(engine));
    for (let deaths = 1; deaths <= MOST_CRASHES; deaths += 1) {
      expect(await claimOne(engine)).toMatchObject({ stepId: hashOf("poison"), crashes: deaths });
      bench.advance(LEASE_MS + 1);
    }
    await pump(engine);
    expect(await bench.runs("conductor-poison")).toMatchObject([
      { status: "completed", result: ["safe", "worker died"] },
    ]);
  });

  it("outside any step fails its run", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "doomed", triggers: [{ event: "doomed.asked" }] }, () => "never");
    const engine = await bench.engine(client, [fn]);
    await bench.publish("doomed.asked", {});
    await routeEvents(engine);
    for (let deaths = 0; deaths <= MOST_CRASHES; deaths += 1) {
      await claimOne(engine);
      bench.advance(LEASE_MS + 1);
    }
    await pump(engine);
    expect(await bench.runs("conductor-doomed")).toMatchObject([
      { status: "failed", error: { message: "worker died" } },
    ]);
  });
});
