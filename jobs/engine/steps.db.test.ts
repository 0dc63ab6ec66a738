import { RetryAfterError } from "inngest";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { pump } from "./pump";
import { stepIdempotencyKey } from "./step-key";
import { hashOf, quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();

describe("a function's steps", () => {
  it("run in order from the event to the result, each once", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const bodies: string[] = [];
    const fn = client.createFunction({ id: "greet", triggers: [{ event: "person.met" }] }, async ({ event, step }) => {
      const name = await step.run("name", () => (bodies.push("name"), String(event.data.name)));
      return step.run("greet", () => (bodies.push("greet"), `Hello ${name}`));
    });
    const engine = await bench.engine(client, [fn]);
    await bench.publish("person.met", { name: "Ada" });
    await pump(engine);
    expect(await bench.runs("conductor-greet")).toMatchObject([
      { status: "completed", result: "Hello Ada", tenant_id: bench.tenantId, stack: [hashOf("name"), hashOf("greet")] },
    ]);
    expect(bodies).toEqual(["name", "greet"]);
    expect(await bench.query("select 1 from engine.jobs")).toEqual([]);
  });

  it("keep their memo, text that jsonb would refuse included", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const odd = { "b\u0000": "\ud800", a: [1.5, null] };
    const fn = client.createFunction({ id: "odd", triggers: [{ event: "odd.came" }] }, async ({ step }) => {
      const memo = await step.run("odd", () => odd);
      await step.run("next", () => null);
      return memo;
    });
    const engine = await bench.engine(client, [fn]);
    await bench.publish("odd.came", {});
    await pump(engine);
    expect(await bench.runs("conductor-odd")).toMatchObject([{ status: "completed", result: odd }]);
  });

  it("sleep until their time has come, and a re-reported sleep starts no second timer", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "nap", triggers: [{ event: "nap.asked" }] }, async ({ step }) => {
      await Promise.all([step.sleep("nap", "1h"), step.run("a", () => 1), step.run("b", () => 2)]);
      return "awake";
    });
    const engine = await bench.engine(client, [fn]);
    await bench.publish("nap.asked", {});
    await pump(engine);
    expect(await bench.query("select step_id from engine.jobs where kind = 'timer'")).toEqual([
      { step_id: hashOf("nap") },
    ]);
    bench.advance(59 * 60_000);
    expect(await pump(engine)).toBe(0);
    bench.advance(60_000);
    await pump(engine);
    expect(await bench.runs("conductor-nap")).toMatchObject([{ status: "completed", result: "awake" }]);
  });

  it("that run side by side lead to one discovery when the last has ended", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let discoveries = 0;
    const fn = client.createFunction({ id: "fan", triggers: [{ event: "fan.asked" }] }, async ({ step }) => {
      discoveries += 1;
      const parts = await Promise.all([1, 2, 3, 4, 5].map((n) => step.run(`part ${n}`, () => n)));
      return parts.reduce((sum, n) => sum + n, 0);
    });
    const engine = await bench.engine(client, [fn]);
    await bench.publish("fan.asked", {});
    // One call plans, five run a step each, one finds all done.
    expect(await pump(engine)).toBe(7);
    expect(discoveries).toBe(7);
    expect(await bench.runs("conductor-fan")).toMatchObject([{ status: "completed", result: 15 }]);
  });

  it("in a race go on when the first has ended", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const told: string[] = [];
    const fn = client.createFunction({ id: "race", triggers: [{ event: "race.asked" }] }, async ({ step, group }) => {
      const winner = await group.parallel(() =>
        Promise.race([step.sleep("slow", "1d").then(() => "slow"), step.run("quick", () => "quick")]),
      );
      return step.run("after", () => {
        told.push(`${winner} won`);
        return `${winner} won`;
      });
    });
    const engine = await bench.engine(client, [fn]);
    await bench.publish("race.asked", {});
    await pump(engine);
    expect(told).toEqual(["quick won"]);
    // The SDK reports a function as done only when the losers are done too.
    expect(await bench.runs("conductor-race")).toMatchObject([{ status: "running" }]);
    bench.advance(86_400_000);
    await pump(engine);
    expect(await bench.runs("conductor-race")).toMatchObject([{ status: "completed", result: "quick won" }]);
    expect(told).toHaveLength(1);
    expect(await bench.query("select 1 from engine.jobs")).toEqual([]);
  });

  it("that fail are tried again, later each time, and their last error can be caught", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let tries = 0;
    const fn = client.createFunction(
      { id: "flaky", retries: 2, triggers: [{ event: "flaky.asked" }] },
      async ({ step }) => {
        try {
          return await step.run("flaky", () => {
            tries += 1;
            throw new Error(`no ${tries}`);
          });
        } catch (error) {
          return `caught ${error instanceof Error ? error.message : "?"}`;
        }
      },
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("flaky.asked", {});
    await pump(engine);
    expect(tries).toBe(1);
    bench.advance(14_000);
    expect(await pump(engine)).toBe(0);
    bench.advance(1_000);
    await pump(engine);
    expect(tries).toBe(2);
    bench.advance(30_000);
    await pump(engine);
    expect(tries).toBe(3);
    expect(await bench.runs("conductor-flaky")).toMatchObject([{ status: "completed", result: "caught no 3" }]);
  });

  it("wait as long as their error asks for", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let tries = 0;
    const fn = client.createFunction({ id: "later", triggers: [{ event: "later.asked" }] }, async ({ step }) =>
      step.run("later", () => {
        tries += 1;
        if (tries === 1) throw new RetryAfterError("busy", "90s");
        return tries;
      }),
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("later.asked", {});
    await pump(engine);
    bench.advance(89_000);
    expect(await pump(engine)).toBe(0);
    bench.advance(1_500);
    await pump(engine);
    expect(await bench.runs("conductor-later")).toMatchObject([{ status: "completed", result: 2 }]);
  });

  it("have the same idempotency key whenever they run again", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const keys: string[] = [];
    const fn = client.createFunction({ id: "keyed", triggers: [{ event: "key.asked" }] }, async ({ step }) =>
      step.run("call", async () => {
        keys.push(await stepIdempotencyKey());
        if (keys.length === 1) throw new Error("again");
      }),
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("key.asked", {});
    await pump(engine);
    bench.advance(20_000);
    await pump(engine);
    const [run] = await bench.runs("conductor-keyed");
    expect(keys).toEqual([`${run?.id}:${hashOf("call")}`, `${run?.id}:${hashOf("call")}`]);
    await expect(stepIdempotencyKey()).rejects.toThrow("belongs to a step");
  });
});
