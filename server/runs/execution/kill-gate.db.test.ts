import pg from "pg";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { killTenant, killWorkflow } from "@/server/holds";
import { tenantWith } from "@/server/testing/actors";
import { executionContext } from "@/server/testing/execution-context";
import { useHttpTarget } from "@/server/testing/http-target";
import { makePublished } from "@/server/testing/workflows";
import { getRun } from "../get-run";
import { startRun } from "../start-run";
import { conductRun } from "./conduct-run";
import type { ExecutionContext } from "./context";

const db = useTestDatabase();
const target = useHttpTarget();
const reason = "stop";

let owner: pg.Client;
beforeAll(async () => {
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
});
afterAll(() => owner.end());

/** How many wait for a gate (or a chain) to be theirs alone, or to pass it together with others. */
const waiting = (mode: "ExclusiveLock" | "ShareLock") => async (): Promise<number> => {
  const { rows } = await owner.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_locks where locktype = 'advisory' and mode = '${mode}' and not granted`,
  );
  return rows[0]?.waiting ?? 0;
};

const call = (id: string, path: string, next?: string) => ({
  ...{ id, type: "http", request: { url: `${target.url}${path}` } },
  ...(next === undefined ? {} : { next }),
});

async function started(steps = [call("first", "/first", "second"), call("second", "/second")]) {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, { steps });
  const { runId } = await startRun(as.operator, { workflowId, input: { order: "7" } });
  const { tenantId } = as.operator;
  const ctx = executionContext({ database: db.database, tenantId }, [target.host]);
  const kill = {
    workflow: () => killWorkflow(as.operator, { workflowId, reason }),
    tenant: () => killTenant(as.operator, { reason }),
  };
  return { as, ctx, workflowId, kill, worker: () => conductRun(ctx, runId), see: () => getRun(as.operator, { runId }) };
}

/** A transaction that has passed the gate and not committed yet, as a turn between its statement and its commit. */
async function turnUnderWay(ctx: ExecutionContext, workflowId: string) {
  const passed = Promise.withResolvers<undefined>();
  const goOn = Promise.withResolvers<undefined>();
  const done = withTenant(ctx, async (tx) => {
    await tx.execute(sql`select expect_no_kill(${ctx.tenantId}, ${workflowId})`);
    passed.resolve(undefined);
    await goOn.promise;
  });
  await Promise.race([passed.promise, done]);
  return async () => {
    goOn.resolve(undefined);
    await done;
  };
}

describe.each(["workflow", "tenant"] as const)("a kill of a %s", (scope) => {
  it("is confirmed only once every turn that did not see it is committed", async () => {
    const { ctx, workflowId, kill } = await started();
    const commit = await turnUnderWay(ctx, workflowId);
    let isConfirmed = false;
    const killing = kill[scope]().then(() => (isConfirmed = true));
    await expect.poll(waiting("ExclusiveLock")).toBe(1);
    expect(isConfirmed).toBe(false);
    await commit();
    await killing;
    await expect(turnUnderWay(ctx, workflowId)).rejects.toMatchObject({ cause: { code: "CD002" } });
  });

  it("lets no turn commit a begin that was read before it", async () => {
    const { kill, worker, see } = await started();
    const before = target.hits.length;
    const hit = target.delayNext();
    const acting = worker()(0);
    await hit.arrived;
    // Confirmed while the first step is out: its answer comes too late to begin the second.
    await kill[scope]();
    hit.answer();
    expect(await acting).toEqual({ kind: "ended", status: "killed" });
    expect(target.hits.slice(before)).toEqual(["GET /first"]);
    expect(await see()).toMatchObject({
      ...{ status: "killed", failure: { code: "killed", message: reason } },
      steps: [{ stepId: "first", status: "skipped" }],
    });
  });

  it("ends a run at its first turn, whoever takes it, and once", async () => {
    const { kill, worker, see } = await started();
    const late = worker();
    await kill[scope]();
    const before = target.hits.length;
    const ended = { kind: "ended", status: "killed" };
    expect(await Promise.all([late(0), worker()(0)])).toEqual([ended, ended]);
    expect(await worker()(0)).toEqual(ended);
    expect(target.hits).toHaveLength(before);
    expect(await see()).toMatchObject({ status: "killed", steps: [] });
  });
});

it("a turn waits for a kill that is being confirmed, and then sees it", async () => {
  const { as, ctx, workflowId, kill, worker } = await started();
  // Holds up the kill between the gate and its commit: writers of one tenant's receipts take turns.
  const inChain = Promise.withResolvers<undefined>();
  const goOn = Promise.withResolvers<undefined>();
  const holding = withTenant(ctx, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`receipts:${as.operator.tenantId}`}, 0))`);
    inChain.resolve(undefined);
    await goOn.promise;
  });
  await inChain.promise;
  const killing = kill.workflow();
  await expect.poll(waiting("ExclusiveLock")).toBe(1);
  const turn = worker()(0);
  const passing = turnUnderWay(ctx, workflowId);
  await expect.poll(waiting("ShareLock")).toBe(2);
  goOn.resolve(undefined);
  await Promise.all([holding, killing]);
  await expect(passing).rejects.toMatchObject({ cause: { code: "CD002" } });
  expect(await turn).toEqual({ kind: "ended", status: "killed" });
});
