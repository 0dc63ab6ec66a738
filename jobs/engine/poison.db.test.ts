import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { type Claim, claimCalls } from "./claim-calls";
import { SUSPECT_CRASHES } from "./due-calls";
import { MOST_CRASHES } from "./decide";
import { DEFAULT_TUNING, type Engine } from "./engine";
import { execute } from "./execute";
import { pump } from "./pump";
import { routeEvents } from "./route-events";
import { MOST_SUSPECTS } from "./suspects";
import { quietClient, type Workbench, workbench } from "./testing/workbench";

const db = useTestDatabase();
const LEASE_MS = DEFAULT_TUNING.leaseMs;

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

describe("a call that kills its worker", () => {
  /** One life of a worker: it claims twice, as a busy one does, and dies if the poison is among what it holds. */
  async function live(bench: Workbench, engine: Engine, isPoison: (claim: Claim) => boolean): Promise<void> {
    const held: Claim[] = [];
    for (let question = 0; question < 2; question += 1) {
      const suspects = MOST_SUSPECTS - held.filter(({ crashes }) => crashes >= SUSPECT_CRASHES).length;
      held.push(...(await claimCalls(engine, 10, { suspects })));
    }
    const killing = held.filter((claim) => isPoison(claim) && claim.crashes <= MOST_CRASHES);
    if (killing.length === 0) for (const claim of held) await execute(engine, claim);
    bench.advance(LEASE_MS + 1);
  }

  it("is given up alone: what was claimed along with it ends well", async () => {
    const bench = workbench(db);
    const client = quietClient();
    const fn = client.createFunction({ id: "beside", triggers: [{ event: "beside.asked" }] }, ({ event, step }) =>
      step.run("one", () => event.data.n as number),
    );
    const engine = await bench.engine(client, [fn]);
    for (const n of [0, 1, 2, 3]) await bench.publish("beside.asked", { n });
    await routeEvents(engine);
    const poison = (claim: Claim) => JSON.stringify(claim.trigger?.data) === '{"n":0}';
    for (let lives = 0; lives < 20; lives += 1) await live(bench, engine, poison);
    await pump(engine);
    const ended = await bench.runs("conductor-beside");
    expect(
      ended.map(({ status, result, error }) => result ?? (error as { message?: string } | null)?.message ?? status),
    ).toEqual(["worker died", ...[1, 2, 3]]);
    await bench.query("delete from engine.runs");
  });
});
