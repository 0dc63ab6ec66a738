import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import { MOST_CRASHES } from "./decide";
import type { Engine } from "./engine";
import { execute } from "./execute";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { quietClient, type Workbench, workbench } from "./testing/workbench";

const db = useTestDatabase();
const LEASE_MS = 10_000;

/** Works as a worker does: a call that cannot be made or committed stays with its lease until that runs out. */
async function work(bench: Workbench, engine: Engine, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await routeEvents(engine);
    const claims = await claimCalls(engine, 10);
    await Promise.allSettled(claims.map((claim) => execute(engine, claim)));
    bench.advance(LEASE_MS + 1);
  }
}

describe("a run whose stored event cannot be read", () => {
  it.each(["null", "[]", "[null]", "[7]", '[{"data":{}}]'])(
    "is given up, while others in its batch end well: %s",
    async (stored) => {
      const bench = workbench(db);
      const client = quietClient();
      const fn = client.createFunction(
        { id: "unread", triggers: [{ event: "unread.asked" }], cancelOn: [{ event: "unread.stopped" }] },
        ({ event }) => String(event.data.n),
      );
      const engine = await bench.engine(client, [fn]);
      await bench.publish("unread.asked", { n: 1 });
      await routeEvents(engine);
      await bench.query("update engine.runs set events = $1::json where function_id = 'conductor-unread'", [stored]);
      await bench.publish("unread.asked", { n: 2 });
      await work(bench, engine, MOST_CRASHES + 2);
      expect(await bench.runs("conductor-unread")).toMatchObject([
        { status: "failed", error: { name: "UnreadableEventError" } },
        { status: "completed", result: "2" },
      ]);
      expect(await bench.query("select 1 from engine.jobs")).toEqual([]);
      await bench.query("delete from engine.runs");
    },
  );

  it("loses no event that somebody else waits for", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "heard", triggers: [{ event: "heard.asked" }] }, async ({ step }) =>
      step.waitForEvent("word", { event: "heard.word", timeout: "1h" }),
    );
    const engine = await bench.engine(client, [fn]);
    await bench.publish("heard.asked", {});
    await bench.publish("heard.asked", {});
    await pump(engine);
    await bench.query("update engine.runs set events = 'null' where id = $1", [
      (await bench.runs("conductor-heard"))[0]?.id,
    ]);
    await bench.publish("heard.word", { said: true });
    await work(bench, engine, MOST_CRASHES + 2);
    const [, healthy] = await bench.runs("conductor-heard");
    expect(healthy).toMatchObject({ status: "completed", result: { data: { said: true } } });
    await bench.query("delete from engine.runs");
  });
});
