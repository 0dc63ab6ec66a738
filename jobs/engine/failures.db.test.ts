import { NonRetriableError } from "inngest";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { pump } from "./pump";
import { quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();

describe("a function that fails", () => {
  it("is tried again, then handed to its onFailure with the event and the error", async () => {
    const bench = workbench(db);
    const client = quietClient();
    let tries = 0;
    const told: unknown[] = [];
    const fn = client.createFunction(
      {
        id: "broken",
        retries: 1,
        triggers: [{ event: "broken.asked" }],
        onFailure: async ({ event, error, step }) => {
          await step.run("tell", () => told.push([error.message, event.data.event.data, event.data.run_id]));
        },
      },
      async () => {
        tries += 1;
        throw new Error("out of order");
      },
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("broken.asked", { n: 1 });
    await pump(engine);
    expect([tries, told]).toEqual([1, []]);
    bench.advance(15_000);
    await pump(engine);
    const [run] = await bench.runs("conductor-broken");
    expect(run).toMatchObject({ status: "failed", error: { message: "out of order" } });
    expect(told).toEqual([["out of order", { n: 1 }, run?.id]]);
    expect(await bench.runs("conductor-broken-failure")).toMatchObject([
      { status: "completed", tenant_id: bench.tenantId },
    ]);
  });

  it("and says that trying again is no use, fails at once", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "hopeless", triggers: [{ event: "hopeless.asked" }] }, async () => {
      throw new NonRetriableError("never");
    });
    const engine = await bench.engine(client, [fn]);
    await bench.publish("hopeless.asked", {});
    expect(await pump(engine)).toBe(1);
    expect(await bench.runs("conductor-hopeless")).toMatchObject([{ status: "failed", error: { message: "never" } }]);
  });

  it("in its onFailure announces no failure of its own", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      {
        id: "twice",
        retries: 0,
        triggers: [{ event: "twice.asked" }],
        onFailure: () => {
          throw new NonRetriableError("this too");
        },
      },
      () => {
        throw new Error("first");
      },
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("twice.asked", {});
    await pump(engine);
    expect(await bench.runs("conductor-twice-failure")).toMatchObject([{ status: "failed" }]);
    const failures = await bench.query<{ name: string }>(
      "select name from engine.events where name = 'inngest/function.failed' and tenant_id = $1",
      [bench.tenantId],
    );
    expect(failures).toHaveLength(1);
  });

  it("because it asks for an operation that is not there, fails loudly", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "signal", triggers: [{ event: "signal.asked" }] }, async ({ step }) =>
      step.waitForSignal("wait", { signal: "s", timeout: "1h", onConflict: "fail" }),
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("signal.asked", {});
    await pump(engine);
    expect(await bench.runs("conductor-signal")).toMatchObject([
      { status: "failed", error: { name: "UnsupportedOperationError" } },
    ]);
  });
});
