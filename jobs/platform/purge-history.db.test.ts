import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { runs, stepResults } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { makeDesk } from "@/server/approvals/testing/asking-run";
import { newId } from "@/server/kernel/ids";
import { authDeps } from "@/server/testing/sign-in";
import { pump } from "../engine";
import { quietClient, workbench } from "../engine/testing/workbench";
import { purgeHistory } from "./purge-history";

const db = useTestDatabase();
const DAY_MS = 86_400_000;

/** The job on a bench: what it gives on its next night, by a clock that stands so many days from now. */
async function nights() {
  const bench = workbench(db);
  const { env } = authDeps(db.database, {});
  const stands = { days: 0 };
  const clock = { now: () => new Date(Date.now() + stands.days * DAY_MS) };
  const client = quietClient();
  const engine = await bench.engine(client, [purgeHistory({ client, database: db.database, clock, newId, env })]);
  return async (days: number): Promise<unknown> => {
    const known = new Set((await bench.runs("conductor-purge-history")).map(({ id }) => id));
    stands.days = days;
    bench.advance(DAY_MS);
    await pump(engine);
    return (await bench.runs("conductor-purge-history")).find(({ id }) => !known.has(id));
  };
}

describe("purge-history", () => {
  it("deletes what was delivered to a step a fortnight after its run's end, and never before it was taken in", async () => {
    const nightAfter = await nights();
    const desk = await makeDesk(db.database);
    const { runId, approval } = await desk.asking();
    const { tenantId } = desk.tenant;
    await desk.say(desk.as.workflow_reviewer, approval);
    const delivered = () =>
      withTenant(desk.ctx, (tx) => tx.select().from(stepResults).where(eq(stepResults.tenantId, tenantId)));
    expect(await delivered()).toHaveLength(1);

    // However late: the run has not taken it in.
    expect(await nightAfter(400)).toMatchObject({ status: "completed", result: { results: 0 } });
    expect(await desk.turn(runId)).toEqual({ kind: "ended", status: "succeeded" });

    expect(await nightAfter(13)).toMatchObject({ result: { results: 0 } });
    expect(await delivered()).toHaveLength(1);
    expect(await nightAfter(15)).toMatchObject({ result: { results: 1 } });
    expect(await delivered()).toEqual([]);
    const [run] = await withTenant(desk.ctx, (tx) =>
      tx
        .select({ output: runs.output })
        .from(runs)
        .where(and(eq(runs.tenantId, tenantId), eq(runs.id, runId))),
    );
    expect(run?.output).not.toBeNull();
  });
});
