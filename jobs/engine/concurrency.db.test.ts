import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import { execute } from "./execute";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();

describe("concurrency", () => {
  it("lets no more calls of a function run than its limit, over all workers", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "narrow", concurrency: 2, triggers: [{ event: "narrow.asked" }] }, () => 1);
    const engines = [await bench.engine(client, [fn]), await bench.engine(client, [fn])] as const;
    for (let n = 0; n < 5; n += 1) await bench.publish("narrow.asked", {});
    await routeEvents(engines[0]);
    const both = await Promise.all(engines.map((engine) => claimCalls(engine, 5)));
    const claims = both.flat();
    expect(claims).toHaveLength(2);
    for (const claim of claims) await execute(engines[0], claim);
    expect(await claimCalls(engines[1], 5)).toHaveLength(2);
  });

  it("counts per key, and does not let a full key hold up the others", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      {
        id: "keyed",
        concurrency: [{ limit: 1, key: "event.data.tenant" }, { limit: 3 }],
        triggers: [{ event: "keyed.asked" }],
      },
      ({ event }) => String(event.data.tenant),
    );
    const engine = await bench.engine(client, [fn], { capacity: 100 });
    // More of one tenant than a page of candidates holds, then the others.
    for (let n = 0; n < 230; n += 1) await bench.publish("keyed.asked", { tenant: "big" });
    for (const tenant of ["a", "b", "c"]) await bench.publish("keyed.asked", { tenant });
    await routeEvents(engine);
    await routeEvents(engine);
    const tenants = async () => {
      const claims = await claimCalls(engine, 100);
      return claims.map((claim) => (claim.trigger?.data as { tenant: string }).tenant);
    };
    expect(await tenants()).toEqual(["big", "a", "b"]);
    expect(await tenants()).toEqual([]);
  });

  it("takes no slot while a run sleeps, and is not inherited by onFailure", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction(
      { id: "sleepy", concurrency: 1, triggers: [{ event: "sleepy.asked" }], onFailure: () => null },
      async ({ step }) => {
        await step.sleep("nap", "1h");
      },
    );
    const engine = await bench.engine(client, [fn]);
    for (let n = 0; n < 3; n += 1) await bench.publish("sleepy.asked", {});
    await pump(engine);
    expect(await bench.query("select 1 from engine.jobs where kind = 'timer'")).toHaveLength(3);
    expect(engine.configs.get("conductor-sleepy-failure")?.concurrency).toEqual([]);
  });
});
