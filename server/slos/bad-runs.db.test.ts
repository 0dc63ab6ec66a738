import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { runs } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { systemClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import { countEvents } from "./count-events";
import type { Sli } from "./domain/sli";
import { getSloHistory, judgeSlos, listBadRuns, listSlos } from "./index";

const db = useTestDatabase();
const clock = systemClock;
const HOUR = 3_600_000;
let as: Record<"workflow_author" | "workflow_reviewer" | "operator", TenantContext>;
let workflowId: string;

beforeEach(async () => {
  ({ as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]));
  ({ workflowId } = await makePublished(as));
  await judgeSlos({ database: db.database, clock, newId, requestId: newId("request") });
});

const at = (ms: number) => new Date(clock.now().getTime() + ms);

async function ended(set: Partial<typeof runs.$inferInsert>): Promise<string> {
  const { runId } = await startRun(as.operator, { workflowId, input: { order: "A-1" } });
  await withTenant(as.operator, (tx) =>
    tx
      .update(runs)
      .set({ startedAt: at(-2_000), endedAt: at(-1_000), ...set })
      .where(and(eq(runs.tenantId, as.operator.tenantId), eq(runs.id, runId))),
  );
  return runId;
}

async function idOf(sli: Sli): Promise<string> {
  const { rows } = await listSlos(as.operator, {});
  return must(
    rows.find((slo) => slo.sli === sli),
    "every tenant has it",
  ).id;
}

const badFor = async (sli: Sli, days: 1 | 7 = 7) =>
  (await listBadRuns(as.operator, { sloId: await idOf(sli), days })).rows.map(({ id }) => id);

describe("the runs behind a number", () => {
  it("are failed ones, newest first, and slow ones where time matters", async () => {
    const failed = await ended({ status: "failed", endedAt: at(-3_000) });
    const slow = await ended({ status: "succeeded", startedAt: at(-HOUR) });
    await ended({ status: "succeeded" });
    await ended({ status: "cancelled" });
    await ended({ status: "failed", startedAt: at(-50 * HOUR), endedAt: at(-49 * HOUR) });
    expect(await badFor("workflow-success", 1)).toEqual([failed]);
    expect(await badFor("workflow-latency", 1)).toEqual([slow, failed]);
    expect(await badFor("workflow-success")).toHaveLength(2);
    expect(await badFor("policy-decision-latency")).toEqual([]);
  });

  it("are those that the reader's clearance reaches", async () => {
    await ended({ status: "failed", dataSensitivity: "restricted" });
    const seen = await ended({ status: "failed", dataSensitivity: "public" });
    expect(await badFor("workflow-success")).toEqual([seen]);
  });

  it("are of the tenant alone: another's objective is not found", async () => {
    const sloId = await idOf("workflow-success");
    const other = await tenantWith(db.database, ["operator"]);
    await expect(listBadRuns(other.as.operator, { sloId, days: 7 })).rejects.toMatchObject({ code: "NotFound" });
  });
});

it("tells slices where minutes are judged: two bad kills of one minute are one bad slice", async () => {
  const { tenantId } = as.operator;
  const fact = (tookMs: number) => ({ kind: "timed", sli: "incident-path-latency", tookMs }) as const;
  const minute = new Date(Math.floor(clock.now().getTime() / 60_000) * 60_000 - 10 * 60_000);
  await countEvents({ database: db.database, tenantId, clock }, [
    { id: "a", at: minute, fact: fact(60_000) },
    { id: "b", at: minute, fact: fact(60_000) },
    { id: "c", at: new Date(minute.getTime() - 60_000), fact: fact(10) },
  ]);
  const sloId = await idOf("incident-path-latency");
  const total = async (days: 1 | 7) =>
    (await getSloHistory(as.operator, { sloId, days })).points.reduce(
      (sum, point) => ({ good: sum.good + point.good, total: sum.total + point.total }),
      { good: 0, total: 0 },
    );
  expect(await total(1)).toEqual({ good: 1, total: 2 });
  expect(await total(7)).toEqual({ good: 1, total: 2 });
});
