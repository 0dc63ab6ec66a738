import { describe, expect, it } from "vitest";
import { must } from "@/server/kernel/errors";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import type { Engine } from "./engine";
import { execute } from "./execute";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { hashOf, quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();
const claimOne = async (engine: Engine) => must((await claimCalls(engine, 1))[0], "there is a call to claim");

/** A function of three steps, of which the second stops until it is let go. */
function threeSteps(id: string) {
  const bench = workbench(db);
  const client = quietClient();
  const bodies: string[] = [];
  const begun = Promise.withResolvers<void>();
  const may = Promise.withResolvers<void>();
  const fn = client.createFunction(
    { id, triggers: [{ event: `${id}.asked` }], cancelOn: [{ event: `${id}.stopped` }] },
    async ({ step }) => {
      await step.run("one", () => bodies.push("one"));
      await step.run("two", async () => {
        bodies.push("two");
        begun.resolve();
        if (bodies.filter((body) => body === "two").length === 1) await may.promise;
      });
      return step.run("three", () => bodies.push("three"));
    },
  );
  return { bench, bodies, begun: begun.promise, letGo: may.resolve, engine: () => bench.engine(client, [fn]) };
}

describe("a call that keeps its steps as it goes", () => {
  it("runs all steps of a function in one", async () => {
    const { bench, bodies, letGo, engine } = threeSteps("whole");
    letGo();
    const worker = await engine();
    await bench.publish("whole.asked", {});
    expect(await pump(worker)).toBe(1);
    expect(bodies).toEqual(["one", "two", "three"]);
    expect(await bench.runs("conductor-whole")).toMatchObject([
      { status: "completed", stack: [hashOf("one"), hashOf("two"), hashOf("three")] },
    ]);
    expect(await bench.query("select 1 from engine.jobs")).toEqual([]);
  });

  it("runs no finished step again when its worker dies", async () => {
    const { bench, bodies, begun, letGo, engine } = threeSteps("dies");
    const [first, second] = [await engine(), await engine()];
    await bench.publish("dies.asked", {});
    await routeEvents(first);
    const late = execute(first, await claimOne(first));
    await begun;
    expect(await bench.runs("conductor-dies")).toMatchObject([{ stack: [hashOf("one")] }]);
    bench.advance(10_001);
    await pump(second);
    expect(bodies).toEqual(["one", "two", "two", "three"]);
    letGo();
    expect(await late).toBe("fenced");
    expect(bodies).toEqual(["one", "two", "two", "three"]);
    expect(await bench.runs("conductor-dies")).toMatchObject([{ status: "completed" }]);
  });

  it("starts no further step of a run that was cancelled meanwhile", async () => {
    const { bench, bodies, begun, letGo, engine } = threeSteps("halted");
    const worker = await engine();
    await bench.publish("halted.asked", {});
    await routeEvents(worker);
    const running = execute(worker, await claimOne(worker));
    await begun;
    await bench.publish("halted.stopped", {});
    await routeEvents(worker);
    letGo();
    await running;
    expect(bodies).toEqual(["one", "two"]);
    await pump(worker);
    expect(await bench.runs("conductor-halted")).toMatchObject([{ status: "cancelled", stack: [hashOf("one")] }]);
    expect(await bench.query("select 1 from engine.jobs")).toEqual([]);
  });

  it("counts the attempts of each step by themselves", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const tries = { one: 0, two: 0 };
    const fn = client.createFunction(
      { id: "tries", retries: 1, triggers: [{ event: "tries.asked" }] },
      async ({ step }) => {
        for (const name of ["one", "two"] as const)
          await step.run(name, () => {
            tries[name] += 1;
            if (tries[name] === 1) throw new Error("once");
          });
        return tries;
      },
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("tries.asked", {});
    for (let n = 0; n < 3; n += 1) {
      await pump(engine);
      bench.advance(60_000);
    }
    expect(await bench.runs("conductor-tries")).toMatchObject([{ status: "completed", result: { one: 2, two: 2 } }]);
  });
});
