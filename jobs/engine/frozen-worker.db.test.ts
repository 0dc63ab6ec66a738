import { expect, it } from "vitest";
import { withEngine } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimCalls } from "./claim-calls";
import { LOCKS } from "./engine";
import { routeEvents } from "./route-events";
import { quietClient, workbench } from "./testing/workbench";

const db = useTestDatabase();

it("a worker that is frozen in the middle of a claim holds up no other worker's", async () => {
  const bench = workbench(db);
  const client = quietClient();
  const fn = client.createFunction({ id: "held", triggers: [{ event: "held.asked" }] }, () => "done");
  const engine = await bench.engine(client, [fn]);
  await bench.publish("held.asked", {});
  await routeEvents(engine);
  const isHeld = Promise.withResolvers<void>();
  const thaws = Promise.withResolvers<void>();
  // What a claim does first; then its process stands still.
  const frozen = withEngine(db, async (query) => {
    await query("select pg_advisory_xact_lock($1)", [LOCKS.claim]);
    isHeld.resolve();
    await thaws.promise;
    await query("select 1");
  });
  await isHeld.promise;
  expect(await claimCalls(engine, 1)).toHaveLength(1);
  thaws.resolve();
  await expect(frozen).rejects.toMatchObject({ code: "Unavailable" });
});
