import { and, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { quotaEpisodes, quotaHits, runCounts, runs, tenantQuotas } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { killTenant, listUnsettledHolds, pauseTenant, resumeTenant, settleHold } from "@/server/holds";
import { cancelRun, getRun, listRuns, startRun } from "@/server/runs";
import { memberContext, planlessTenantWith, tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import { applyQuotas, DEFAULT_QUOTAS, getQuotas, setQuotas, watchQuotas } from "./index";

const db = useTestDatabase();
const input = { order: "A-1" };
const quotas = { mostConcurrentRuns: 7, mostQueuedRuns: 3, mostConcurrentSteps: 5 };
const job = () => ({ database: db.database, clock: systemClock, newId, requestId: newId("request") });
const setAt = "2026-01-01T00:00:00.000Z";
const apply = (forTenantId: string, over: Partial<typeof quotas> = {}, at = setAt) =>
  applyQuotas(job(), {
    tenantId: forTenantId,
    forTenantId,
    quotas: { ...quotas, ...over },
    setBy: "user:x",
    setAt: at,
  });

async function working() {
  const { tenant, as } = await planlessTenantWith(db.database, [
    "workflow_author",
    "workflow_reviewer",
    "operator",
    "tenant_admin",
  ]);
  const { workflowId } = await makePublished(as);
  const start = (more: Partial<Parameters<typeof startRun>[1]> = {}) =>
    startRun(as.operator, { workflowId, input, ...more });
  return { tenantId: tenant.tenantId, tenant, as, workflowId, start };
}

/** As a claim tells of it. */
const hit = (tenantId: string, ago = "0 seconds") =>
  withSystem(db, "watch-quotas", (tx) =>
    tx.execute(
      sql`insert into engine.quota_hits (tenant_id, quota, hit_at)
        values (${tenantId}, 'concurrent_runs', now() - ${ago}::interval)
        on conflict (tenant_id, quota) do update set hit_at = excluded.hit_at`,
    ),
  );

/** What the counts say, beside what there is. */
async function counted(ctx: TenantContext) {
  return withTenant(ctx, async (tx) => {
    const kept = await tx.select().from(runCounts).where(eq(runCounts.tenantId, ctx.tenantId));
    const there = await tx
      .select({
        queued: sql<number>`count(*) filter (where status = 'queued')::int`,
        paused: sql<number>`count(*) filter (where status = 'queued' and paused_at is not null)::int`,
        running: sql<number>`count(*) filter (where status = 'running')::int`,
      })
      .from(runs)
      .where(eq(runs.tenantId, ctx.tenantId));
    const sum = (of: "queued" | "paused" | "running") => kept.reduce((all, row) => all + row[of], 0);
    return { kept: { queued: sum("queued"), paused: sum("paused"), running: sum("running") }, there: there[0] };
  });
}

describe("setQuotas", () => {
  let operating: Awaited<ReturnType<typeof makeTenant>>;
  let target: Awaited<ReturnType<typeof working>>;
  beforeEach(async () => {
    operating = await makeTenant(db.database, { isOperator: true });
    target = await working();
  });
  const by = (role: "conductor_admin" | "tenant_admin") => memberContext(db.database, operating, { roles: [role] });

  it("leaves receipt and event with the operating tenant, and by its job both row and receipt with the other", async () => {
    const admin = await by("conductor_admin");
    const { tenantId } = await setQuotas(admin, { tenant: target.tenant.slug, ...quotas });
    expect(tenantId).toBe(target.tenantId);
    await expectReceipt(admin, "quota.set", `tenant:${target.tenantId}`);
    expect(await recordedEvents(db.ownerUrl, operating.tenantId)).toEqual(["quotas.set"]);
    expect((await getQuotas(target.as.operator, {})).quotas).toEqual(DEFAULT_QUOTAS);
    expect(await apply(target.tenantId)).toBe(true);
    expect((await getQuotas(target.as.operator, {})).quotas).toEqual(quotas);
    await expectReceipt(target.as.operator, "quota.set", `tenant:${target.tenantId}`);
  });

  it("keeps the last that were set, whichever comes later, and leaves one receipt however often it is done", async () => {
    expect(await apply(target.tenantId, {}, "2026-01-02T00:00:00.000Z")).toBe(true);
    const before = await countReceipts(target.as.operator);
    expect(await apply(target.tenantId, { mostQueuedRuns: 9 })).toBe(false);
    expect(await apply(target.tenantId, {}, "2026-01-02T00:00:00.000Z")).toBe(false);
    expect(await countReceipts(target.as.operator)).toBe(before);
    expect((await getQuotas(target.as.operator, {})).quotas).toEqual(quotas);
  });

  it("is refused to a tenant_admin of the operating tenant, and to every role of another", async () => {
    const wanted = { tenant: target.tenant.slug, ...quotas };
    const admin = await by("tenant_admin");
    await expect(setQuotas(admin, wanted)).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(admin, "deployment.set_quotas");
    await expect(setQuotas(target.as.tenant_admin, wanted)).rejects.toMatchObject({ code: "Forbidden" });
    const { as } = await tenantWith(db.database, ["conductor_admin"]);
    await expect(setQuotas(as.conductor_admin, wanted)).rejects.toMatchObject({
      ...{ code: "Forbidden", details: { failed: ["same_tenant"] } },
    });
  });

  it("refuses a tenant that is not there, and numbers that cannot be", async () => {
    const admin = await by("conductor_admin");
    await expect(setQuotas(admin, { tenant: "nobody-at-all", ...quotas })).rejects.toMatchObject({ code: "NotFound" });
    for (const mostQueuedRuns of [0, -1, 1.5, 1e9])
      await expect(setQuotas(admin, { tenant: target.tenant.slug, ...quotas, mostQueuedRuns })).rejects.toMatchObject({
        ...{ code: "Invalid", details: { fields: [{ path: "mostQueuedRuns" }] } },
      });
  });
});

describe("queued runs", () => {
  const full = { code: "LimitReached", details: { reason: "queued-runs", limit: 3, retryAfterSeconds: 30 } };

  it("beyond the quota are refused, with one receipt for all of them, until some have gone", async () => {
    const { as, tenantId, start } = await working();
    await apply(tenantId);
    const first = await start({ idempotencyKey: "once" });
    for (let time = 0; time < 2; time += 1) await start();
    const before = await countReceipts(as.operator);
    for (let time = 0; time < 3; time += 1) await expect(start()).rejects.toMatchObject(full);
    await expectReceipt(as.operator, "quota.reached", `tenant:${tenantId}`);
    expect(await countReceipts(as.operator)).toBe(before + 1);
    // What was asked for already is answered as before.
    expect(await start({ idempotencyKey: "once" })).toMatchObject({ runId: first.runId, isNew: false });
    expect((await getQuotas(as.operator, {})).reached).toMatchObject([{ quota: "queued_runs" }]);
    await watchQuotas(job());
    expect((await getQuotas(as.operator, {})).reached).toHaveLength(1);
    await cancelRun(as.operator, { runId: first.runId });
    await watchQuotas(job());
    expect((await getQuotas(as.operator, {})).reached).toEqual([]);
    await start();
    await expect(start()).rejects.toMatchObject(full);
    await expectReceipt(as.operator, "quota.reached", `tenant:${tenantId}`);
    const episodes = await withTenant(as.operator, (tx) =>
      tx.select().from(quotaEpisodes).where(eq(quotaEpisodes.tenantId, tenantId)),
    );
    expect(episodes).toHaveLength(2);
  });

  it("are never more than the quota, of 50 starts at once", async () => {
    const { as, tenantId, start } = await working();
    await apply(tenantId, { mostQueuedRuns: 10 });
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => start()));
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(10);
    const { kept, there } = await counted(as.operator);
    expect(there?.queued).toBeLessThanOrEqual(10);
    expect(kept).toEqual(there);
    for (const outcome of outcomes)
      if (outcome.status === "rejected")
        expect(["LimitReached", "Unavailable"]).toContain((outcome.reason as { code: string }).code);
    // Those that lost the race for the last place may try again.
    for (let left = 10 - (there?.queued ?? 0); left > 0; left -= 1) await start();
    await expect(start()).rejects.toMatchObject({ code: "LimitReached" });
  });

  it("are counted right through pauses, releases, stops, kills and starts that fail", async () => {
    const { as, tenantId, start } = await working();
    const { runId } = await start();
    const { holdId } = await pauseTenant(as.operator, { reason: "Why" });
    const [waiting] = await Promise.all([start(), start(), start({ executionClass: "low" })]);
    expect((await counted(as.operator)).kept).toEqual({ queued: 4, paused: 3, running: 0 });
    await expect(start({ input: {} })).rejects.toMatchObject({ code: "Invalid" });
    await cancelRun(as.operator, { runId: waiting.runId });
    await cancelRun(as.operator, { runId });
    await resumeTenant(as.operator, { holdId });
    const settle = async () => {
      for (const hold of await listUnsettledHolds({ database: db.database }))
        if (hold.tenantId === tenantId) await settleHold(job(), hold);
    };
    await settle();
    expect((await counted(as.operator)).kept).toEqual({ queued: 2, paused: 0, running: 0 });
    await withTenant(as.operator, (tx) =>
      tx
        .update(runs)
        .set({ status: "running" })
        .where(and(eq(runs.tenantId, tenantId), eq(runs.status, "queued"))),
    );
    const some = await counted(as.operator);
    expect(some.kept).toEqual(some.there);
    await killTenant(as.operator, { reason: "Why" });
    await settle();
    const none = await counted(as.operator);
    expect(none.kept).toEqual({ queued: 0, paused: 0, running: 0 });
    expect(none.there).toEqual(none.kept);
  });
});

describe("a run that waits for a place", () => {
  it("says how many may be at work, on its page and in the list, for as long as claims leave it behind", async () => {
    const { as, tenantId, start } = await working();
    await apply(tenantId, { mostConcurrentRuns: 1, mostQueuedRuns: 100 });
    const { runId } = await start();
    expect(await getRun(as.operator, { runId })).toMatchObject({ waitsForPlace: null, executionClass: "standard" });
    const { runId: running } = await start();
    await withTenant(as.operator, (tx) => tx.update(runs).set({ status: "running" }).where(eq(runs.id, running)));
    // That another one is under way is no reason: it may rest.
    expect(await getRun(as.operator, { runId })).toMatchObject({ waitsForPlace: null });
    await hit(tenantId);
    expect(await getRun(as.operator, { runId })).toMatchObject({ waitsForPlace: { most: 1 } });
    expect(await getRun(as.operator, { runId: running })).toMatchObject({ waitsForPlace: null });
    expect((await listRuns(as.operator, {})).rows.map(({ id, waitsForPlace }) => [id, waitsForPlace])).toEqual([
      [running, false],
      [runId, true],
    ]);
    await hit(tenantId, "21 seconds");
    expect(await getRun(as.operator, { runId })).toMatchObject({ waitsForPlace: null });
  });
});

describe("the class of a run", () => {
  it("is its workflow's, or a less urgent one that its start asks for", async () => {
    const { as, start } = await working();
    const { runId } = await start({ executionClass: "low" });
    expect(await getRun(as.operator, { runId })).toMatchObject({ executionClass: "low" });
    const bulk = await makePublished(as, { execution_class: "bulk" });
    const made = await startRun(as.operator, { workflowId: bulk.workflowId, input });
    expect(await getRun(as.operator, { runId: made.runId })).toMatchObject({ executionClass: "bulk" });
    await expect(
      startRun(as.operator, { workflowId: bulk.workflowId, input, executionClass: "standard" }),
    ).rejects.toMatchObject({ code: "Invalid", details: { fields: [{ path: "executionClass" }] } });
  });
});

it("quotas of one tenant are out of another's reach", async () => {
  const [mine, theirs] = [await working(), await working()];
  await apply(theirs.tenantId);
  const seen = await withTenant(mine.as.operator, (tx) => tx.select().from(tenantQuotas));
  expect(seen).toEqual([]);
  await hit(theirs.tenantId);
  expect(await withTenant(mine.as.operator, (tx) => tx.select().from(quotaHits))).toEqual([]);
  expect(await withTenant(theirs.as.operator, (tx) => tx.select().from(quotaHits))).toHaveLength(1);
});
