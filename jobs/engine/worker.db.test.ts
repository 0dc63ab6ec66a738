import { describe, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { quietClient, workbench } from "./testing/workbench";
import { startWorker } from "./worker";

const db = useTestDatabase();

describe("a worker", () => {
  it("takes up an event as soon as its verb commits, and says that it lives", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "soon", triggers: [{ event: "soon.asked" }] }, async ({ step }) => {
      const one = await step.run("one", () => 1);
      return step.run("two", () => one + 1);
    });
    const tuning = { pollMs: 60_000, heartbeatMs: 60_000 };
    const worker = await startWorker({ database: db.database, client, functions: [fn], revision: "r1", tuning });
    try {
      expect(await bench.query("select id, revision from engine.workers")).toEqual([{ id: worker.id, revision: "r1" }]);
      await bench.publish("soon.asked", {});
      // The poll would come in a minute: only the notification can be what wakes it.
      await vi.waitFor(
        async () => expect(await bench.runs("conductor-soon")).toMatchObject([{ status: "completed", result: 2 }]),
        { timeout: 10_000, interval: 20 },
      );
    } finally {
      await worker.stop();
    }
    expect(await bench.query("select 1 from engine.workers")).toEqual([]);
  });

  it("that is stopped lets a call in flight end and takes no other", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const begun = Promise.withResolvers<void>();
    const may = Promise.withResolvers<void>();
    const fn = client.createFunction({ id: "slow", triggers: [{ event: "slow.asked" }] }, async ({ step }) => {
      await step.run("one", async () => {
        begun.resolve();
        await may.promise;
      });
      await step.run("two", () => null);
    });
    const worker = await startWorker({ database: db.database, client, functions: [fn], revision: "r1" });
    await bench.publish("slow.asked", {});
    await begun.promise;
    const stopped = worker.stop();
    may.resolve();
    await stopped;
    const [run] = await bench.runs("conductor-slow");
    expect(run).toMatchObject({ status: "running" });
    expect(run?.stack).toHaveLength(1);
    expect(await bench.query("select lease_id, crashes from engine.jobs where kind = 'call'")).toEqual([
      { lease_id: null, crashes: 0 },
    ]);
    await bench.query("delete from engine.runs");
  });

  it("that is stopped gives back a call that does not end", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const begun = Promise.withResolvers<void>();
    const may = Promise.withResolvers<void>();
    const fn = client.createFunction({ id: "stuck", triggers: [{ event: "stuck.asked" }] }, async ({ step }) => {
      await step.run("one", async () => {
        begun.resolve();
        await may.promise;
      });
    });
    const tuning = { drainMs: 50 };
    const worker = await startWorker({ database: db.database, client, functions: [fn], revision: "r1", tuning });
    await bench.publish("stuck.asked", {});
    await begun.promise;
    await worker.stop();
    expect(await bench.query("select lease_id, crashes from engine.jobs")).toEqual([{ lease_id: null, crashes: 0 }]);
    may.resolve();
  });

  it("shares the work of one database with others", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const bodies: string[] = [];
    const fn = client.createFunction(
      { id: "shared", triggers: [{ event: "shared.asked" }] },
      async ({ runId, step }) => {
        await Promise.all([1, 2, 3].map((n) => step.run(`s${n}`, () => bodies.push(`${runId} ${n}`))));
        return step.run("last", () => bodies.push(`${runId} last`));
      },
    );
    const options = { database: db.database, client, functions: [fn], revision: "r1" };
    const workers = await Promise.all([1, 2, 3].map(() => startWorker(options)));
    try {
      await Promise.all(Array.from({ length: 10 }, () => bench.publish("shared.asked", {})));
      await vi.waitFor(
        async () => {
          const runs = await bench.runs("conductor-shared");
          expect(runs.filter((run) => run.status === "completed")).toHaveLength(10);
        },
        { timeout: 20_000, interval: 50 },
      );
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
    }
    expect(bodies).toHaveLength(40);
    expect(new Set(bodies).size).toBe(40);
  });
});
