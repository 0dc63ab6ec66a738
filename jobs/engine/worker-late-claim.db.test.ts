import { setTimeout } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import type * as claims from "./claim-calls";
import { quietClient, workbench } from "./testing/workbench";
import { startWorker } from "./worker";

/** What happens between a claim's answer and the moment at which the worker reads it. */
const meanwhile = vi.hoisted(() => ({ happens: (_claimed: number): Promise<void> => Promise.resolve() }));

vi.mock("./claim-calls", async (importActual) => {
  const actual = await importActual<typeof claims>();
  const claimCalls: typeof actual.claimCalls = async (...question) => {
    const claimed = await actual.claimCalls(...question);
    await meanwhile.happens(claimed.length);
    return claimed;
  };
  return { ...actual, claimCalls };
});

const db = useTestDatabase();

it("a worker takes up what waited for a slot that was given back while it asked", async () => {
  const bench = workbench(db);
  const client = quietClient();
  const begun = Promise.withResolvers<void>();
  const may = Promise.withResolvers<void>();
  const fn = client.createFunction(
    { id: "narrow", triggers: [{ event: "narrow.asked" }], concurrency: 1 },
    async ({ step }) =>
      step.run("one", async () => {
        begun.resolve();
        await may.promise;
      }),
  );
  const completed = async () =>
    (await bench.runs("conductor-narrow")).filter((run) => run.status === "completed").length;
  // It would look by itself in a minute.
  const tuning = { pollMs: 60_000, heartbeatMs: 60_000, waitingAfterMs: 60_000 };
  const worker = await startWorker({ database: db.database, client, functions: [fn], revision: "r1", tuning });
  try {
    await bench.publish("narrow.asked", {});
    await begun.promise;
    meanwhile.happens = async (claimed) => {
      if (claimed > 0) return;
      meanwhile.happens = () => Promise.resolve();
      // The only slot is taken, says the answer. The call that holds it ends before the answer is read.
      may.resolve();
      await vi.waitFor(async () => expect(await completed()).toBe(1), { timeout: 10_000, interval: 20 });
      await setTimeout(100);
    };
    await bench.publish("narrow.asked", {});
    await vi.waitFor(async () => expect(await completed()).toBe(2), { timeout: 20_000, interval: 20 });
  } finally {
    may.resolve();
    await worker.stop();
  }
});
