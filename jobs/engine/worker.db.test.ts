import { describe, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { newId } from "@/server/kernel/ids";
import { DEFAULT_TUNING } from "./engine";
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

  it("keeps room for other tenants while one tenant's calls wait for an answer that does not come", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const may = Promise.withResolvers<void>();
    let waiting = 0;
    const fn = client.createFunction({ id: "crowd", triggers: [{ event: "crowd.asked" }] }, async ({ event, step }) =>
      step.run("one", async () => {
        if (event.data.hangs !== true) return "answered";
        waiting += 1;
        await may.promise;
        return "late";
      }),
    );
    const worker = await startWorker({ database: db.database, client, functions: [fn], revision: "r1" });
    try {
      const most = DEFAULT_TUNING.mostPerTenant + DEFAULT_TUNING.capacity;
      await Promise.all(Array.from({ length: 2 * most }, () => bench.publish("crowd.asked", { hangs: true })));
      await vi.waitFor(() => expect(waiting).toBeGreaterThanOrEqual(DEFAULT_TUNING.mostPerTenant), {
        timeout: 20_000,
        interval: 20,
      });
      const other = newId("tenant");
      await bench.publish("crowd.asked", { hangs: false }, other);
      await vi.waitFor(
        async () =>
          expect((await bench.runs("conductor-crowd")).find((run) => run.tenant_id === other)).toMatchObject({
            status: "completed",
            result: "answered",
          }),
        { timeout: 20_000, interval: 20 },
      );
      // Hers alone was answered: all of the others are still out, or have not been begun.
      expect(waiting).toBeLessThanOrEqual(most);
      expect((await bench.runs("conductor-crowd")).filter((run) => run.status === "completed")).toHaveLength(1);
    } finally {
      may.resolve();
      await worker.stop();
    }
    await bench.query("delete from engine.runs");
  });

  describe("takes up at once, long before it would look by itself,", () => {
    const tuning = { pollMs: 60_000, heartbeatMs: 60_000 };
    const ended = (bench: ReturnType<typeof workbench>, id: string, count: number) =>
      vi.waitFor(
        async () => {
          const runs = await bench.runs(`conductor-${id}`);
          expect(runs.filter((run) => run.status === "completed")).toHaveLength(count);
        },
        { timeout: 20_000, interval: 20 },
      );

    it("what waited for a key's slot", async () => {
      const bench = workbench(db);
      const client = quietClient();
      const fn = client.createFunction(
        { id: "narrow", triggers: [{ event: "narrow.asked" }], concurrency: 1 },
        async ({ step }) => step.run("one", () => 1),
      );
      const worker = await startWorker({ database: db.database, client, functions: [fn], revision: "r1", tuning });
      try {
        await Promise.all([1, 2, 3, 4].map(() => bench.publish("narrow.asked", {})));
        await ended(bench, "narrow", 4);
      } finally {
        await worker.stop();
      }
    });

    it("what waited for a call of its tenant to end", async () => {
      const bench = workbench(db);
      const client = quietClient();
      const may = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const fn = client.createFunction({ id: "queued", triggers: [{ event: "queued.asked" }] }, async ({ step }) =>
        step.run("one", async () => {
          begun.resolve();
          await may.promise;
        }),
      );
      const options = { database: db.database, client, functions: [fn], revision: "r1" };
      const worker = await startWorker({ ...options, tuning: { ...tuning, mostPerTenant: 1 } });
      try {
        await bench.publish("queued.asked", {});
        await begun.promise;
        await bench.publish("queued.asked", {});
        const isRouted = async () =>
          expect(await bench.query("select 1 from engine.events where routed_at is null")).toEqual([]);
        await vi.waitFor(isRouted, { timeout: 20_000, interval: 20 });
        may.resolve();
        await ended(bench, "queued", 2);
      } finally {
        may.resolve();
        await worker.stop();
      }
    });

    it("a run whose invoked function has ended", async () => {
      const bench = workbench(db);
      const client = quietClient();
      const child = client.createFunction({ id: "invoked", triggers: [] }, () => 7);
      const parent = client.createFunction({ id: "invoking", triggers: [{ event: "invoking.asked" }] }, ({ step }) =>
        step.invoke("call", { function: child }),
      );
      const functions = [child, parent];
      const worker = await startWorker({ database: db.database, client, functions, revision: "r1", tuning });
      try {
        await bench.publish("invoking.asked", {});
        await ended(bench, "invoking", 1);
      } finally {
        await worker.stop();
      }
    });
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
