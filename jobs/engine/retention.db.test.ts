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

  it("of a tenant that leaves deletes all of its work and nobody else's", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "left", triggers: [{ event: "leave.asked" }] }, ({ step }) =>
      step.sleep("long", "1d"),
    );
    const engine = await bench.engine(client, [fn]);
    const leaving = newId("tenant");
    await bench.publish("leave.asked", {}, leaving);
    await bench.publish("leave.asked", {});
    await pump(engine);
    await purgeTenant({ database: db.database }, leaving);
    expect((await bench.runs("conductor-left")).map((run) => run.tenant_id)).toEqual([bench.tenantId]);
    expect(await bench.query("select 1 from engine.events where tenant_id = $1", [leaving])).toEqual([]);
  });
});
