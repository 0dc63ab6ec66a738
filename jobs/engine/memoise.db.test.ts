import { describe, expect, it } from "vitest";
import { must } from "@/server/kernel/errors";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import type { Engine } from "./engine";
import { inEngine } from "./engine";
import { execute } from "./execute";
import { memoise, memoiseOpen } from "./memoise";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { hashOf, quietClient, type Workbench, workbench } from "./testing/workbench";

const db = useTestDatabase();
const dataOf = (data: number) => ({ type: "data", data }) as const;

/** A run that waits for two sleeps side by side. */
async function sleeper(bench: Workbench, id: string): Promise<{ engine: Engine; runId: string }> {
  const client = quietClient();
  const fn = client.createFunction({ id, triggers: [{ event: `${id}.asked` }] }, ({ step }) =>
    Promise.all([step.sleep("a", "1h"), step.sleep("b", "1h")]),
  );
  const engine = await bench.engine(client, [fn]);
  await bench.publish(`${id}.asked`, {});
  await pump(engine);
  return { engine, runId: must((await bench.runs(`conductor-${id}`))[0], "the run has started").id };
}

const memosOf = (bench: Workbench, runId: string) =>
  bench.query("select memo from engine.steps where run_id = $1 and memo is not null", [runId]);
const callsOf = (bench: Workbench, runId: string) =>
  bench.query("select dedupe from engine.jobs where run_id = $1 and kind = 'call'", [runId]);

describe("a memo", () => {
  it("is set once, whoever brings it and however often", async () => {
    const bench = workbench(db);
    const { engine, runId } = await sleeper(bench, "once");
    const opId = hashOf("a");
    await inEngine(engine, (query) => memoiseOpen(query, runId, opId, dataOf(1)));
    await inEngine(engine, (query) => memoiseOpen(query, runId, opId, dataOf(2)));
    const again = { opId, op: "StepRun", name: "a", memo: dataOf(3) };
    await inEngine(engine, (query) => memoise(query, runId, again));
    expect(await memosOf(bench, runId)).toEqual([{ memo: '{"type":"data","data":1}' }]);
    expect(await bench.runs("conductor-once")).toMatchObject([{ stack: [opId] }]);
    expect(await callsOf(bench, runId)).toEqual([]);
  });

  it("that ends a group leads to one call, even when the last two come at the same moment", async () => {
    const bench = workbench(db);
    const { engine, runId } = await sleeper(bench, "fan");
    await Promise.all(
      ["a", "b"].map((name) => inEngine(engine, (query) => memoiseOpen(query, runId, hashOf(name), dataOf(1)))),
    );
    expect(await callsOf(bench, runId)).toEqual([{ dedupe: "discover:2" }]);
    expect(await pump(engine)).toBe(1);
  });

  it("of a run that is over is not taken", async () => {
    const bench = workbench(db);
    const { engine, runId } = await sleeper(bench, "over");
    await bench.query("update engine.runs set status = 'cancelled' where id = $1", [runId]);
    const late = { opId: hashOf("late"), op: "StepRun", name: "late", memo: dataOf(1) };
    await inEngine(engine, (query) => memoise(query, runId, late));
    expect(await memosOf(bench, runId)).toEqual([]);
    expect(await callsOf(bench, runId)).toEqual([]);
  });

  it("is kept when its operation is reported again before the call that reported it is committed", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let bodies = 0;
    const fn = client.createFunction({ id: "again", triggers: [{ event: "again.asked" }] }, ({ step }) =>
      Promise.all(["a", "b"].map((name) => step.run(name, () => ++bodies))),
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("again.asked", {});
    await routeEvents(engine);
    const claim = must((await claimCalls(engine, 1))[0], "there is a call to claim");
    await execute(engine, claim);
    // The same plan once more, as a call that was slower would bring it: nothing is planned twice.
    await bench.query(
      `insert into engine.jobs (tenant_id, run_id, dedupe, kind, step_id) values ($1, $2, 'discover:0', 'call', 'step')`,
      [bench.tenantId, claim.runId],
    );
    expect(await pump(engine)).toBe(4);
    expect(bodies).toBe(2);
    expect(await bench.runs("conductor-again")).toMatchObject([{ status: "completed" }]);
  });
});
