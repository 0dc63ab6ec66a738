import { expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { conductRun, startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { executionContext } from "@/server/testing/execution-context";
import { makePublished } from "@/server/testing/workflows";
import { monthOf } from "./domain/month";
import { getRecentUse, getUsage, usageOf } from "./index";

const db = useTestDatabase();

const STEPS = [
  { id: "one", type: "transform", expression: "1", next: "two" },
  { id: "two", type: "branch", cases: [{ when: "false", next: "three" }] },
  { id: "three", type: "transform", expression: "3" },
];

/** A tenant in which runs of two finished tasks, a transform and a branch, were carried out. */
async function used(runs: number) {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as, { steps: STEPS });
  const ctx = executionContext({ database: db.database, tenantId: as.operator.tenantId });
  for (let run = 0; run < runs; run += 1) {
    const { runId } = await startRun(as.operator, { workflowId, input: { order: "7" } });
    const proceed = conductRun(ctx, runId);
    expect(await proceed(0)).toEqual({ kind: "ended", status: "succeeded" });
  }
  return as.operator;
}

it("counts each finished task of the tenant and month once, by day, type and duration", async () => {
  const [mine] = [await used(3), await used(1)];
  const { month } = monthOf(mine.clock.now());
  const usage = await getUsage(mine, {});
  expect(usage).toMatchObject({ month, runs: 3, total: { tasks: 6, weightMilli: 4_500, externalCalls: 0 } });
  expect(usage.types.map(({ taskType, tasks }) => [taskType, tasks])).toEqual([
    ["transform", 3],
    ["branch", 3],
  ]);
  expect(usage.days.at(-1)).toMatchObject({ tasks: 6 });
  expect(usage.days).toHaveLength(mine.clock.now().getUTCDate());
  expect(await usageOf(mine, { month, now: mine.clock.now() })).toEqual(usage);
});

it("shows nothing of another month, and refuses what is none", async () => {
  const mine = await used(1);
  expect(await getUsage(mine, { month: "2026-01" })).toMatchObject({ runs: 0, total: { tasks: 0 }, types: [] });
  await expect(getUsage(mine, { month: "2026-13" })).rejects.toMatchObject({ code: "Invalid" });
});

it("counts what was used in the thirty days up to now, of the tenant alone", async () => {
  const mine = await used(2);
  await used(1);
  expect(await getRecentUse(mine, {})).toEqual({ days: 30, runs: 2, tasks: 4, weightMilli: 3_000 });
  const later = { now: () => new Date(mine.clock.now().getTime() + 31 * 86_400_000) };
  expect(await getRecentUse({ ...mine, clock: later }, {})).toEqual({ days: 30, runs: 0, tasks: 0, weightMilli: 0 });
});
