import { describe, expect, it } from "vitest";
import { NonRetriableError } from "inngest";
import { newId } from "@/server/kernel/ids";
import { useTestDatabase } from "@/db/testing/test-database";
import { pump } from "./pump";
import { purgeEngine, purgeTenant, RETENTION_DAYS } from "./retention";
import { quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();
const DAY_MS = 86_400_000;

describe("retention", () => {
  it("deletes what is over after its days, failed runs later, open ones never", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "kept", triggers: [{ event: "keep.asked" }] }, async ({ event, step }) => {
      if (event.data.how === "fail") throw new NonRetriableError("no");
      if (event.data.how === "wait") await step.sleep("long", "365d");
      return step.run("one", () => 1);
    });
    const engine = await bench.engine(client, [fn]);
    for (const how of ["pass", "fail", "wait"]) await bench.publish("keep.asked", { how });
    await pump(engine);
    const after = async (days: number) => {
      await purgeEngine({ database: db.database, clockShiftMs: days * DAY_MS });
      const runs = await bench.runs("conductor-kept");
      const events = await bench.query("select 1 from engine.events");
      return { runs: runs.map((run) => run.status).sort(), events: events.length };
    };
    expect(await after(RETENTION_DAYS.events - 1)).toMatchObject({ runs: ["completed", "failed", "running"] });
    expect(await after(RETENTION_DAYS.events + 1)).toMatchObject({ events: 0 });
    expect(await after(RETENTION_DAYS.completed + 1)).toMatchObject({ runs: ["failed", "running"] });
    expect(await after(RETENTION_DAYS.failed + 1)).toMatchObject({ runs: ["running"] });
    expect(await bench.query("select 1 from engine.steps where memo is not null")).toEqual([]);
  });

  it("keeps events that nobody has routed yet", async () => {
    const bench = workbench(db);
    await bench.publish("nobody.cares", {});
    await purgeEngine({ database: db.database, clockShiftMs: 1_000 * DAY_MS });
    expect(await bench.query("select name from engine.events where name = 'nobody.cares'")).toHaveLength(1);
  });

  it("deletes what flow control no longer needs, and what nobody will start", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const triggers = [{ event: "flow.asked" }];
    const once = client.createFunction({ id: "once", triggers, idempotency: "event.data.id" }, () => null);
    const quiet = client.createFunction({ id: "quiet", triggers, debounce: { period: "7d" } }, () => null);
    const engine = await bench.engine(client, [once, quiet]);
    for (const id of ["a", "b"]) await bench.publish("flow.asked", { id });
    await pump(engine);
    const left = async () => [
      await bench.query("select 1 from engine.flow"),
      await bench.query("select 1 from engine.collections join engine.collected on collection_id = id"),
    ];
    await purgeEngine({ database: db.database, clockShiftMs: DAY_MS - 60_000 });
    expect((await left()).map((rows) => rows.length)).toEqual([2, 1]);
    const purged = await purgeEngine({ database: db.database, clockShiftMs: DAY_MS + 60_000 });
    expect(purged).toMatchObject({ flow: 2, collections: 0 });
    await purgeEngine({ database: db.database, clockShiftMs: (7 + RETENTION_DAYS.events + 1) * DAY_MS });
    expect(await left()).toEqual([[], []]);
  });

  it("of a tenant that leaves deletes all of its work and nobody else's", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const triggers = [{ event: "leave.asked" }];
    const fn = client.createFunction({ id: "left", triggers, rateLimit: { limit: 1, period: "1h" } }, ({ step }) =>
      step.sleep("long", "1d"),
    );
    const bulk = client.createFunction({ id: "bulk", triggers, batchEvents: { maxSize: 9, timeout: "60s" } }, () => 1);
    const engine = await bench.engine(client, [fn, bulk]);
    const leaving = newId("tenant");
    await bench.publish("leave.asked", {}, leaving);
    await bench.publish("leave.asked", {});
    await pump(engine);
    await purgeTenant({ database: db.database }, leaving);
    expect((await bench.runs("conductor-left")).map((run) => run.tenant_id)).toEqual([bench.tenantId]);
    for (const table of ["events", "flow", "collections", "collected"]) {
      expect(await bench.query(`select 1 from engine.${table} where tenant_id = $1`, [leaving])).toEqual([]);
      expect(await bench.query(`select 1 from engine.${table} where tenant_id = $1`, [bench.tenantId])).not.toEqual([]);
    }
  });
});
