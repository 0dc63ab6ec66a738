import type { InngestFunction } from "inngest";
import { describe, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { quietClient, type Workbench, workbench } from "./testing/workbench";
import { startWorker, type Worker } from "./worker";

const db = useTestDatabase();
const tuning = { pollMs: 60_000, heartbeatMs: 60_000 };
type Client = ReturnType<typeof quietClient>;

/**
 * Starts a worker and lets it come to rest, so that no news of its beginning makes it look once more. It would look by
 * itself in a minute.
 */
async function atRest(bench: Workbench, client: Client, id: string, functions: InngestFunction.Any[]): Promise<Worker> {
  const warm = client.createFunction({ id: `${id}-warm`, triggers: [{ event: `${id}.warm` }] }, () => null);
  const all = [...functions, warm];
  const worker = await startWorker({ database: db.database, client, functions: all, revision: "r1", tuning });
  for (const count of [1, 2]) {
    await bench.publish(`${id}.warm`, {});
    await ended(bench, `${id}-warm`, "completed", count);
  }
  return worker;
}

const eventually = (look: () => Promise<void> | void) => vi.waitFor(look, { timeout: 20_000, interval: 20 });

async function ended(bench: Workbench, id: string, status: string, count: number): Promise<void> {
  await eventually(async () => {
    const runs = await bench.runs(`conductor-${id}`);
    expect(runs.filter((run) => run.status === status)).toHaveLength(count);
  });
}

describe("a worker comes in time, long before it would look by itself,", () => {
  it.each<[string, Parameters<Client["createFunction"]>[0], number, string, number]>([
    ["for starts that a throttle holds back", { id: "paced", throttle: { limit: 1, period: "1s" } }, 4, "completed", 4],
    ["for a debounce that is over", { id: "quiet", debounce: { period: "1s" } }, 1, "completed", 1],
    ["for a batch that does not fill", { id: "bulk", batchEvents: { maxSize: 9, timeout: "1s" } }, 1, "completed", 1],
    ["for a batch that is full", { id: "full", batchEvents: { maxSize: 2, timeout: "600s" } }, 4, "completed", 2],
    ["for a run that was put off", { id: "later", priority: { run: "0 - 1" } }, 1, "completed", 1],
    [
      "for a start that came too late",
      { id: "missed", throttle: { limit: 1, period: "1h" }, timeouts: { start: "1s" } },
      3,
      "cancelled",
      1,
    ],
  ])("%s", async (_, options, events, status, count) => {
    const bench = workbench(db);
    const client = quietClient();
    const event = `${options.id}.asked`;
    const fn = client.createFunction({ ...options, triggers: [{ event }] }, ({ step }) => step.run("one", () => 1));
    const worker = await atRest(bench, client, options.id, [fn]);
    try {
      for (let n = 0; n < events; n += 1) await bench.publish(event, {});
      await ended(bench, options.id, status, count);
    } finally {
      await worker.stop();
    }
  });

  it("for a run that takes too long", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const triggers = [{ event: "endless.asked" }];
    const fn = client.createFunction({ id: "endless", triggers, timeouts: { finish: "1s" } }, ({ step }) =>
      step.waitForEvent("never", { event: "never.comes", timeout: "1d" }),
    );
    const worker = await atRest(bench, client, "endless", [fn]);
    try {
      await bench.publish("endless.asked", {});
      await ended(bench, "endless", "cancelled", 1);
    } finally {
      await worker.stop();
    }
  });

  it("for the next event of a singleton whose run has ended", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const triggers = [{ event: "single.asked" }];
    const fn = client.createFunction({ id: "single", triggers, singleton: { mode: "skip" } }, () => null);
    const worker = await atRest(bench, client, "single", [fn]);
    try {
      for (let count = 1; count <= 3; count += 1) {
        await bench.publish("single.asked", {});
        await ended(bench, "single", "completed", count);
      }
    } finally {
      await worker.stop();
    }
  });

  it("for what three of them share, and starts everything once", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const seen: number[] = [];
    const numbered = (events: readonly { data: unknown }[]) => events.map(({ data }) => (data as { n: number }).n);
    const paced = client.createFunction(
      { id: "shared-pace", triggers: [{ event: "shared.asked" }], throttle: { limit: 20, period: "1s" } },
      () => null,
    );
    const bulk = client.createFunction(
      { id: "shared-bulk", triggers: [{ event: "shared.asked" }], batchEvents: { maxSize: 7, timeout: "1s" } },
      ({ events }) => {
        seen.push(...numbered(events));
      },
    );
    const options = { database: db.database, client, functions: [paced, bulk], revision: "r1", tuning };
    const workers = await Promise.all([1, 2, 3].map(() => startWorker(options)));
    try {
      await Promise.all(Array.from({ length: 40 }, (_, n) => bench.publish("shared.asked", { n })));
      await ended(bench, "shared-pace", "completed", 40);
      await eventually(() => {
        expect(seen.length).toBeGreaterThanOrEqual(40);
      });
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
    }
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });
});
