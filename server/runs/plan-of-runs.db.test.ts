import { describe, expect, it } from "vitest";
import { entitlements, runMonths, tenantQuotas } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { limitsOfPlan } from "@/policies/entitlements/projection";
import { STATUS_ACCESS, STATUSES, UNKNOWN_STATUS } from "@/policies/entitlements/status";
import { createApiKey } from "@/server/api-keys";
import { fixedClock, systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { monthOf } from "@/server/metering/domain/month";
import { applyQuotas, getQuotas, watchQuotas } from "@/server/quotas";
import { planlessTenantWith } from "@/server/testing/actors";
import { executionContext } from "@/server/testing/execution-context";
import { countReceipts } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import { refusalOf } from "@/server/triggers/fires";
import { conductRun, getRun, listRuns, rerunRun, startRun } from "./index";

const db = useTestDatabase();
const DAY_MS = 86_400_000;
const input = { order: "A-1" };
const steps = [
  { id: "one", type: "transform", expression: "1", next: "two" },
  { id: "two", type: "transform", expression: "2" },
];
type Bought = Partial<typeof entitlements.$inferInsert>;

/** A tenant at work that buys, and buys otherwise. */
async function working() {
  const { tenant, as } = await planlessTenantWith(db.database, [
    ...(["workflow_author", "workflow_reviewer", "operator", "tenant_admin"] as const),
  ]);
  const { tenantId } = tenant;
  const { workflowId } = await makePublished(as, { steps });
  const buys = (over: Bought = {}) => {
    const plan = over.plan ?? "pro";
    const row = {
      ...{ version: 1, source: "stripe" as const, customerId: `cus_${tenantId}`, plan, addOns: [], seats: 10 },
      ...{ status: "active", statusSince: new Date(), graceUntil: null, periodEnd: null, endsAt: null, endedAt: null },
      ...{ cancelAtPeriodEnd: false, limits: limitsOfPlan(plan, [], 0, 1), catalogueVersion: 1 },
      ...{ previous: null, updatedAt: new Date(), ...over },
    };
    return withTenant(as.operator, (tx) =>
      tx
        .insert(entitlements)
        .values({ tenantId, ...row })
        .onConflictDoUpdate({ target: entitlements.tenantId, set: row }),
    );
  };
  const start = (by: TenantContext = as.operator, more: Partial<Parameters<typeof startRun>[1]> = {}) =>
    startRun(by, { workflowId, input, ...more });
  return { tenant, tenantId, as, workflowId, buys, start };
}

/** Carries a run on to its end. */
async function finish(ctx: TenantContext, runId: string): Promise<string> {
  const proceed = conductRun(executionContext({ database: db.database, tenantId: ctx.tenantId }), runId);
  for (
    let turns = 0;
    turns < 20 && !["succeeded", "failed"].includes((await getRun(ctx, { runId })).status);
    turns += 1
  )
    await proceed(0);
  return (await getRun(ctx, { runId })).status;
}

const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "yes",
    (error: unknown) => {
      const { code, details } = error as { code: string; details?: { why?: string } };
      return `${code} ${details?.why ?? ""}`.trim();
    },
  );

describe("the status of a plan", () => {
  const inGrace: Bought = { graceUntil: new Date(Date.now() + DAY_MS) };
  const afterGrace: Bought = { graceUntil: new Date(Date.now() - DAY_MS) };
  const rows: [string, Bought, { features: string; newRuns: string }][] = [
    ...STATUSES.flatMap((status): (typeof rows)[number][] => {
      const { features, newRuns } = STATUS_ACCESS[status];
      if (features === "plan until grace ends")
        return [
          [`${status} within grace`, { status, ...inGrace }, { features: "plan", newRuns: "yes" }],
          [`${status} after grace`, { status, ...afterGrace }, { features: "read-only", newRuns: "no" }],
        ];
      // Nothing was there before.
      const own = features === "previous" ? { features: "none", newRuns: "yes" } : { features, newRuns };
      return [[status, { status }, own]];
    }),
    ["of a later release", { status: "napping" }, UNKNOWN_STATUS],
  ];
  const FEATURES: Readonly<Record<string, string>> = {
    ...{ plan: "yes", "read-only": "NotEntitled read-only", none: "NotEntitled not-in-plan" },
  };

  it.each(rows)(
    "%s gives what its row says: features, new runs, and the end of what runs",
    async (_name, bought, row) => {
      const { as, buys, start } = await working();
      await buys();
      const { runId } = await start();
      const ended = await start();
      await finish(as.operator, ended.runId);
      await buys(bought);
      expect(await outcomeOf(createApiKey(as.tenant_admin, { name: "Key", roles: ["operator"] }))).toBe(
        FEATURES[row.features],
      );
      const expected = row.newRuns === "no" ? "NotEntitled read-only" : "yes";
      expect(await outcomeOf(start())).toBe(expected);
      expect(await outcomeOf(rerunRun(as.operator, { runId: ended.runId, stepId: "two" }))).toBe(expected);
      expect((await listRuns(as.operator, {})).rows.length).toBeGreaterThan(1);
      expect(await finish(as.operator, runId)).toBe("succeeded");
    },
  );
});

describe("runs of a month", () => {
  const trial: Bought = { plan: "standard", status: "trialing", limits: limitsOfPlan("standard", [], 0, 1) };
  const setStarted = (ctx: TenantContext, started: number) =>
    withTenant(ctx, (tx) =>
      tx
        .insert(runMonths)
        .values({ tenantId: ctx.tenantId, month: monthOf(new Date()).month, started })
        .onConflictDoUpdate({ target: [runMonths.tenantId, runMonths.month], set: { started } }),
    );
  const startedOf = async (ctx: TenantContext) => (await getQuotas(ctx, {})).plan?.startedThisMonth;

  it("are counted as they are asked for, repeats of the same key and refused ones left out", async () => {
    const { as, buys, start } = await working();
    await buys();
    await start(as.operator, { idempotencyKey: "once" });
    await start(as.operator, { idempotencyKey: "once" });
    await expect(start(as.operator, { input: {} })).rejects.toMatchObject({ code: "Invalid" });
    expect(await startedOf(as.operator)).toBe(1);
  });

  it("are refused beyond what a trial has, with its name, what has more and until when", async () => {
    const { as, buys, start } = await working();
    await buys(trial);
    await setStarted(as.operator, 999);
    const { runId } = await start(as.operator, { idempotencyKey: "last" });
    const before = await countReceipts(as.operator);
    const error: unknown = await start().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      ...{ code: "LimitReached", status: 429 },
      message: expect.stringMatching(
        /^The trial of Hosted SaaS Standard has 1,000 runs a month, .* The next month begins on \d{4}-\d\d-01 \(UTC\)\. More: Hosted SaaS Standard \(\$99\.00 a month\): 50,000 runs a month;/,
      ) as string,
      details: { reason: "runs-per-month", limit: 1_000, taken: 1_000, plan: "standard" },
    });
    // A trigger's fire does not wait for the next month.
    expect(refusalOf(error)).toMatchObject({ code: "LimitReached" });
    expect(await countReceipts(as.operator)).toBe(before);
    // What was asked for already is answered as before.
    expect(await start(as.operator, { idempotencyKey: "last" })).toMatchObject({ runId, isNew: false });
    const nextMonth = monthOf(new Date()).to;
    expect(await outcomeOf(start({ ...as.operator, clock: fixedClock(nextMonth) }))).toBe("yes");
    await buys({ ...trial, status: "active" });
    expect(await outcomeOf(start())).toBe("yes");
  });

  it("give the last one to one of many who start at once", async () => {
    const { as, buys, start } = await working();
    await buys(trial);
    await setStarted(as.operator, 998);
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => outcomeOf(start())));
    expect(outcomes.filter((outcome) => outcome === "yes").length).toBeLessThanOrEqual(2);
    expect(await startedOf(as.operator)).toBeLessThanOrEqual(1_000);
    // Those that lost a race may try again.
    for (let left = 1_000 - ((await startedOf(as.operator)) ?? 0); left > 0; left -= 1) await start();
    expect(await outcomeOf(start())).toBe("LimitReached");
  });
});

describe("runs at a time", () => {
  const job = () => ({ database: db.database, clock: systemClock, newId, requestId: newId("request") });
  const claimsOf = async (ctx: TenantContext) =>
    (await withTenant(ctx, (tx) => tx.select().from(tenantQuotas)))[0]?.mostConcurrentRuns ?? null;
  const set = (forTenantId: string, mostConcurrentRuns: number, setAt: string) =>
    applyQuotas(job(), {
      ...{ tenantId: forTenantId, forTenantId, setBy: "user:x", setAt },
      quotas: { mostConcurrentRuns, mostQueuedRuns: 1_000, mostConcurrentSteps: 20 },
    });

  it("are what the plan has from its first start on, or what was set where that is less", async () => {
    const { as, tenantId, buys, start } = await working();
    await start();
    expect(await claimsOf(as.operator)).toBeNull();
    await buys({ plan: "standard" });
    await start();
    expect(await claimsOf(as.operator)).toBe(20);
    expect((await getQuotas(as.operator, {})).plan).toMatchObject({
      ...{ title: "Hosted SaaS Standard", concurrentRuns: 20 },
      moreConcurrentRuns: [
        expect.stringContaining("Hosted SaaS Pro ($499.00 a month): 100 runs at a time"),
        expect.any(String),
      ],
    });
    await set(tenantId, 7, "2026-01-01T00:00:00.000Z");
    expect(await claimsOf(as.operator)).toBe(7);
    await set(tenantId, 50, "2026-01-02T00:00:00.000Z");
    expect(await claimsOf(as.operator)).toBe(20);
  });

  it("follow a change of plan within a minute while runs wait, though none starts", async () => {
    const { as, buys, start } = await working();
    await buys({ plan: "standard" });
    await start();
    await buys({ plan: "pro" });
    await watchQuotas(job());
    expect(await claimsOf(as.operator)).toBe(100);
  });
});
