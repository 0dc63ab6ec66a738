import pg from "pg";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { cancelRun, getRun, killRun, releaseRuns, startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { countReceipts, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import {
  killTenant,
  killWorkflow,
  liftTenantKill,
  liftWorkflowKill,
  listHolds,
  listUnsettledHolds,
  pauseClass,
  pauseTenant,
  pauseWorkflow,
  resumeClass,
  resumeTenant,
  resumeWorkflow,
  settleHold,
} from "./index";

const db = useTestDatabase();
const input = { order: "A-1" };
const reason = "Why";

async function people() {
  const made = await tenantWith(db.database, [
    ...(["workflow_author", "workflow_reviewer", "operator", "tenant_admin", "read_only"] as const),
  ]);
  const { as } = made;
  const { workflowId } = await makePublished(as);
  const ctx = { database: db.database, tenantId: as.operator.tenantId, newId };
  const start = async (of = workflowId) => (await startRun(as.operator, { workflowId: of, input })).runId;
  const statusOf = async (runId: string) => (await getRun(as.operator, { runId })).status;
  return { ...made, workflowId, ctx, start, statusOf };
}

/** What the job does for one tenant, one batch at a time. */
async function settle(tenantId: string): Promise<void> {
  const ctx = { database: db.database, clock: systemClock, newId, requestId: newId("request") };
  for (const hold of await listUnsettledHolds(ctx))
    for (let isSettled = hold.tenantId !== tenantId; !isSettled;) isSettled = await settleHold(ctx, hold, 1);
}

async function inOrder<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let done = 0; done < count; done += 1) made.push(await work());
  return made;
}

/** The runs that were asked for, in the order in which the executor takes them. */
async function asked(tenantId: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ run: string }>(
    "select payload ->> 'runId' as run from engine.events where tenant_id = $1 and name = 'run.started' order by received_at, id",
    [tenantId],
  );
  await client.end();
  return rows.map(({ run }) => run);
}

describe("a kill that is settled", () => {
  it.each(["workflow", "tenant"] as const)("of a %s has ended every open run, each with its receipt", async (scope) => {
    const { as, tenant, workflowId, start, statusOf } = await people();
    const other = await makePublished(as);
    const beside = await start(other.workflowId);
    const first = await start();
    const { holdId: paused } = await pauseWorkflow(as.operator, { workflowId, reason });
    const waits = await start();
    const kill = () =>
      scope === "workflow" ? killWorkflow(as.operator, { workflowId, reason }) : killTenant(as.operator, { reason });
    const { holdId } = await kill();
    const before = await countReceipts(as.operator);
    await settle(tenant.tenantId);
    await settle(tenant.tenantId);
    expect(await Promise.all([first, waits].map(statusOf))).toEqual(["killed", "killed"]);
    expect(await statusOf(beside)).toBe(scope === "tenant" ? "killed" : "queued");
    const ended = scope === "tenant" ? 3 : 2;
    expect(await countReceipts(as.operator)).toBe(before + ended);
    const stopped = (await recordedEvents(db.ownerUrl, tenant.tenantId)).filter((name) => name === "run.stopped");
    expect(stopped).toHaveLength(ended);

    // Neither lifting nor resuming brings one back.
    await (scope === "workflow" ? liftWorkflowKill : liftTenantKill)(as.tenant_admin, { holdId });
    await resumeWorkflow(as.operator, { holdId: paused });
    await settle(tenant.tenantId);
    expect(await Promise.all([first, waits].map(statusOf))).toEqual(["killed", "killed"]);
    expect(await asked(tenant.tenantId)).not.toContain(waits);
    expect(await statusOf(await start())).toBe("queued");
  });

  it("leaves alone what had ended", async () => {
    const { as, tenant, start, statusOf } = await people();
    const run = await start();
    await cancelRun(as.operator, { runId: run });
    await killTenant(as.operator, { reason });
    await settle(tenant.tenantId);
    expect(await statusOf(run)).toBe("cancelled");
  });
});

describe("lifting a kill", () => {
  it("is refused before its runs have ended, and to an operator; then it is done once, with receipt and event", async () => {
    const { as, tenant, start } = await people();
    await start();
    const { holdId } = await killTenant(as.operator, { reason });
    await expect(liftTenantKill(as.tenant_admin, { holdId })).rejects.toMatchObject({ code: "Conflict" });
    await settle(tenant.tenantId);
    await expect(liftTenantKill(as.operator, { holdId })).rejects.toMatchObject({ code: "Forbidden" });
    const lifts = await Promise.allSettled([1, 2].map(() => liftTenantKill(as.tenant_admin, { holdId })));
    expect(lifts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(lifts.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "Conflict" } });
    await expectReceipt(as.operator, "tenant.lift", `tenant:${tenant.tenantId}`);
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("hold.lifted");
    expect(await listHolds(as.operator, {})).toEqual([]);
    await start();
  });

  it("answers another tenant's hold, and one of another kind, as one that never was", async () => {
    const [mine, theirs] = [await people(), await people()];
    const { workflowId } = theirs;
    const { holdId } = await killWorkflow(theirs.as.operator, { workflowId, reason });
    const pause = await pauseTenant(mine.as.operator, { reason });
    for (const [lift, id] of [
      [liftWorkflowKill, holdId],
      [resumeWorkflow, holdId],
      [liftTenantKill, pause.holdId],
      [resumeWorkflow, pause.holdId],
    ] as const)
      await expect(lift(mine.as.tenant_admin, { holdId: id })).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("the pause of a class", () => {
  it("keeps its runs waiting, whatever their workflow, and those alone; resumed, they go in their order", async () => {
    const { as, tenant, workflowId } = await people();
    const start = (executionClass?: "bulk") => startRun(as.operator, { workflowId, input, executionClass });
    const { holdId } = await pauseClass(as.operator, { executionClass: "bulk", reason });
    await expectReceipt(as.operator, "class.pause", `tenant:${tenant.tenantId}`);
    const [first, standard, second] = [await start("bulk"), await start(), await start("bulk")];
    expect([first, standard, second].map(({ isPaused }) => isPaused)).toEqual([true, false, true]);
    expect(await asked(tenant.tenantId)).toEqual([standard.runId]);
    expect(await listHolds(as.operator, {})).toMatchObject([{ id: holdId, scope: "class", executionClass: "bulk" }]);
    expect(await getRun(as.operator, { runId: first.runId })).toMatchObject({ waitsFor: [{ scope: "class", reason }] });
    await resumeClass(as.operator, { holdId });
    await expectReceipt(as.operator, "class.resume", `tenant:${tenant.tenantId}`);
    await settle(tenant.tenantId);
    expect(await asked(tenant.tenantId)).toEqual([standard.runId, first.runId, second.runId]);
    expect(await start("bulk")).toMatchObject({ isPaused: false });
  });

  it("is refused to who does not operate, a second time, and for another tenant's hold; it is no kill", async () => {
    const [mine, theirs] = [await people(), await people()];
    const bulk = { executionClass: "bulk", reason } as const;
    await expect(pauseClass(mine.as.read_only, bulk)).rejects.toMatchObject({ code: "Forbidden" });
    const races = await Promise.allSettled([1, 2].map(() => pauseClass(mine.as.operator, bulk)));
    expect(races.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await pauseClass(mine.as.operator, { executionClass: "low", reason });
    const { holdId } = await pauseClass(theirs.as.operator, bulk);
    await expect(resumeClass(mine.as.operator, { holdId })).rejects.toMatchObject({ code: "NotFound" });
    await expect(resumeTenant(theirs.as.operator, { holdId })).rejects.toMatchObject({ code: "NotFound" });
    await expect(resumeClass(theirs.as.read_only, { holdId })).rejects.toMatchObject({ code: "Forbidden" });
  });
});

describe("resuming", () => {
  it("is refused to a role that does not operate, done by one of two, and leaves receipt and event", async () => {
    const { as, tenant, workflowId } = await people();
    const { holdId } = await pauseWorkflow(as.operator, { workflowId, reason });
    await expect(resumeWorkflow(as.read_only, { holdId })).rejects.toMatchObject({ code: "Forbidden" });
    const outcomes = await Promise.allSettled([1, 2].map(() => resumeWorkflow(as.operator, { holdId })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expectReceipt(as.operator, "workflow.resume", `workflow:${workflowId}`);
    expect((await recordedEvents(db.ownerUrl, tenant.tenantId)).at(-1)).toBe("hold.lifted");
  });

  it("lets go what queued, oldest first and each once, however many do it at a time", async () => {
    const { as, tenant, start } = await people();
    const before = await start();
    const { holdId } = await pauseTenant(as.operator, { reason });
    // More than one batch.
    const queued = await inOrder(130, () => start());
    expect(await asked(tenant.tenantId)).toEqual([before]);
    await settle(tenant.tenantId);
    expect(await asked(tenant.tenantId)).toEqual([before]);
    await resumeTenant(as.operator, { holdId });
    await Promise.all([settle(tenant.tenantId), settle(tenant.tenantId)]);
    await settle(tenant.tenantId);
    expect(await asked(tenant.tenantId)).toEqual([before, ...queued]);
    const after = await start();
    expect(await asked(tenant.tenantId)).toEqual([before, ...queued, after]);
  });

  it("keeps what is left when it is paused again on the way, and a later start behind it", async () => {
    const { as, tenant, ctx, workflowId, start } = await people();
    const all = { workflowId: null };
    const first = await pauseWorkflow(as.operator, { workflowId, reason });
    const queued = await inOrder(5, () => start());
    await resumeWorkflow(as.operator, { holdId: first.holdId });
    expect(await releaseRuns(ctx, all, 2)).toBe(2);
    // No pause is on, and still it may not overtake.
    const late = await start();
    const second = await pauseTenant(as.operator, { reason });
    expect(await releaseRuns(ctx, all, 2)).toBe(0);
    await settle(tenant.tenantId);
    expect(await asked(tenant.tenantId)).toEqual(queued.slice(0, 2));
    await resumeTenant(as.operator, { holdId: second.holdId });
    await settle(tenant.tenantId);
    expect(await asked(tenant.tenantId)).toEqual([...queued, late]);
  });

  it("lets go nothing that another pause lies on", async () => {
    const { as, tenant, workflowId, start } = await people();
    const other = await makePublished(as);
    const ofTenant = await pauseTenant(as.operator, { reason });
    const ofWorkflow = await pauseWorkflow(as.operator, { workflowId, reason });
    const [held, free] = [await start(), await start(other.workflowId)];
    await resumeTenant(as.operator, { holdId: ofTenant.holdId });
    await settle(tenant.tenantId);
    expect(await asked(tenant.tenantId)).toEqual([free]);
    await resumeWorkflow(as.operator, { holdId: ofWorkflow.holdId });
    await settle(tenant.tenantId);
    expect(await asked(tenant.tenantId)).toEqual([free, held]);
  });

  it("loses nothing and repeats nothing when it breaks off, and passes over what was stopped", async () => {
    const { as, tenant, ctx, workflowId, start } = await people();
    const { holdId } = await pauseWorkflow(as.operator, { workflowId, reason });
    const [killed = "", cancelled = "", ...queued] = await inOrder(5, () => start());
    await killRun(as.operator, { runId: killed, reason });
    await cancelRun(as.operator, { runId: cancelled, reason });
    await resumeWorkflow(as.operator, { holdId });
    // As when the process dies between the statement and its commit.
    const ids = sql.param(Array.from({ length: 5 }, () => newId("event")));
    const broken = withTenant(ctx, async (tx) => {
      await tx.execute(sql`select release_runs(${tenant.tenantId}, ${workflowId}, 'run.started', ${ids})`);
      throw new Error("gone");
    });
    await expect(broken).rejects.toThrow("gone");
    expect(await asked(tenant.tenantId)).toEqual([]);
    await settle(tenant.tenantId);
    expect(await asked(tenant.tenantId)).toEqual(queued);
    // Nothing waits any more, so that a start need not.
    expect(await startRun(as.operator, { workflowId, input })).toMatchObject({ isPaused: false });
  });
});

it("starts that race a pause are asked for or queue, and none is lost", async () => {
  const { as, tenant, workflowId, start } = await people();
  const starts = Array.from({ length: 20 }, () => start());
  const { holdId } = await pauseWorkflow(as.operator, { workflowId, reason });
  const more = Array.from({ length: 10 }, () => start());
  const runs = await Promise.all([...starts, ...more]);
  await resumeWorkflow(as.operator, { holdId });
  await Promise.all([
    settle(tenant.tenantId),
    ...Array.from({ length: 10 }, () => start().then((run) => runs.push(run))),
  ]);
  await settle(tenant.tenantId);
  expect((await asked(tenant.tenantId)).sort()).toEqual([...runs].sort());
  expect(await listHolds(as.operator, {})).toEqual([]);
});
