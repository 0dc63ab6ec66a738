import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { runs, runSteps, sloMinutes, slos } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { type TenantContext, takeDecisionCounts } from "@/server/verb";
import { listWorkflows } from "@/server/workflows";
import type { Sli } from "./domain/sli";
import { countOverdue, countRuns, countTimed, decisionTeller, judgeSlos } from "./index";

const db = useTestDatabase();
const clock = systemClock;
const HOUR = 3_600_000;
let as: Record<"workflow_author" | "workflow_reviewer" | "operator", TenantContext>;
let tenantId: string;
let workflowId: string;

beforeEach(async () => {
  ({ as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]));
  ({ tenantId } = as.operator);
  ({ workflowId } = await makePublished(as));
  await judgeSlos({ database: db.database, clock, newId, requestId: newId("request") });
});

const at = (ms: number) => new Date(clock.now().getTime() + ms);
const start = async () => (await startRun(as.operator, { workflowId, input: { order: "A-1" } })).runId;
const change = (runId: string, set: Partial<typeof runs.$inferInsert>) =>
  withTenant(as.operator, (tx) =>
    tx
      .update(runs)
      .set(set)
      .where(and(eq(runs.tenantId, tenantId), eq(runs.id, runId))),
  );
const count = (...runIds: string[]) => countRuns({ database: db.database, clock, tenantId }, runIds);

async function countsOf(sli: Sli) {
  const rows = await withTenant(as.operator, (tx) =>
    tx
      .select({ good: sloMinutes.good, total: sloMinutes.total })
      .from(sloMinutes)
      .innerJoin(slos, and(eq(slos.tenantId, sloMinutes.tenantId), eq(slos.id, sloMinutes.sloId)))
      .where(and(eq(sloMinutes.tenantId, tenantId), eq(slos.sli, sli))),
  );
  return rows.reduce((sum, { good, total }) => ({ good: sum.good + good, total: sum.total + total }), {
    good: 0,
    total: 0,
  });
}

describe("runs", () => {
  it("count with success and with latency, from the first step to the end", async () => {
    const [quick, slow, failed] = [await start(), await start(), await start()];
    await change(quick, { status: "succeeded", startedAt: at(-2_000), endedAt: at(-1_000) });
    await change(slow, { status: "succeeded", startedAt: at(-HOUR), endedAt: at(-1_000) });
    await change(failed, { status: "failed", startedAt: at(-2_000), endedAt: at(-1_000) });
    await count(quick, slow, failed);
    expect(await countsOf("workflow-success")).toEqual({ good: 2, total: 3 });
    expect(await countsOf("workflow-latency")).toEqual({ good: 1, total: 3 });
  });

  it("have their clock stopped while they only wait, waits that lie side by side once", async () => {
    const runId = await start();
    await change(runId, { status: "succeeded", startedAt: at(-HOUR), endedAt: at(0) });
    const step = { tenantId, runId, name: "ask", status: "succeeded", attempt: 1 } as const;
    await withTenant(as.operator, (tx) =>
      tx.insert(runSteps).values([
        { ...step, stepId: "ask", type: "approval", position: 1, startedAt: at(-HOUR + 1_000), endedAt: at(-2_000) },
        { ...step, stepId: "wait", type: "wait", position: 2, startedAt: at(-HOUR + 2_000), endedAt: at(-3_000) },
      ]),
    );
    await count(runId);
    expect(await countsOf("workflow-latency")).toEqual({ good: 1, total: 1 });
  });

  it("are no traffic where people stopped them", async () => {
    const runId = await start();
    await change(runId, { status: "killed", startedAt: at(-2_000), endedAt: at(-1_000) });
    await count(runId);
    expect(await countsOf("workflow-success")).toEqual({ good: 0, total: 0 });
  });

  it("turn bad at their deadline, and do not count again when they end after all", async () => {
    const [stuck, unclaimed, paused, fresh] = [await start(), await start(), await start(), await start()];
    await change(stuck, { status: "running", createdAt: at(-4 * HOUR), startedAt: at(-3 * HOUR) });
    await change(unclaimed, { createdAt: at(-3 * HOUR) });
    await change(paused, { createdAt: at(-3 * HOUR), pausedAt: at(-3 * HOUR) });
    await countOverdue({ database: db.database, clock });
    await countOverdue({ database: db.database, clock });
    expect(await countsOf("workflow-success")).toEqual({ good: 0, total: 2 });
    await change(stuck, { status: "succeeded", endedAt: at(0) });
    await change(fresh, { status: "succeeded", startedAt: at(-10), endedAt: at(0) });
    await count(stuck, fresh);
    expect(await countsOf("workflow-success")).toEqual({ good: 1, total: 3 });
  });
});

it("counts the decisions that this process takes", async () => {
  takeDecisionCounts();
  for (let times = 0; times < 3; times += 1) await listWorkflows(as.operator, {});
  const tell = decisionTeller({ database: db.database, clock }, newId("process"));
  await tell();
  await tell();
  expect((await countsOf("policy-decision-latency")).total).toBe(3);
});

it("counts a kill that ended its runs in time, and one that did not", async () => {
  const ctx = { database: db.database, clock, tenantId };
  await countTimed(ctx, "incident-path-latency", { id: newId("hold"), askedAt: at(-1_000) });
  await countTimed(ctx, "incident-path-latency", { id: newId("hold"), askedAt: at(-20_000) });
  expect(await countsOf("incident-path-latency")).toEqual({ good: 1, total: 2 });
});
