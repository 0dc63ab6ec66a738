import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { runs, triggerFires } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { killWorkflow } from "@/server/holds";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { startRun } from "@/server/runs";
import { expectDenial, expectReceipt } from "@/server/testing/records";
import {
  claimSlots,
  createSchedule,
  disableTrigger,
  listDueSchedules,
  listPendingFires,
  startPendingFire,
  updateSchedule,
} from "./index";
import { firesOf, triggerWorld, type World } from "./testing/trigger-world";

const db = useTestDatabase();
const MINUTE_MS = 60_000;
let world: World;
beforeEach(async () => {
  world = await triggerWorld(db.database, fixedClock(new Date("2026-06-01T08:59:30Z")));
});

const wanted = { name: "Each morning", cron: "0 * * * *", zone: "UTC", input: { order: "7" } };
const make = (over: Partial<Parameters<typeof createSchedule>[1]> = {}) =>
  createSchedule(world.as.operator, { workflowId: world.workflowId, ...wanted, ...over });

/** What one worker does each minute, for all tenants: other tests have left theirs. */
async function look(): Promise<void> {
  for (let waiting = 1; waiting > 0;) {
    const schedules = await listDueSchedules(world.call);
    for (const schedule of schedules) await claimSlots(world.call, schedule);
    waiting = schedules.length;
  }
  for (let waiting = 1; waiting > 0;) {
    const fires = await listPendingFires(world.call);
    for (const fire of fires) await startPendingFire(world.call, fire);
    waiting = fires.length;
  }
}

const startedRuns = () =>
  withTenant(world.as.operator, (tx) =>
    tx.select().from(runs).where(eq(runs.tenantId, world.tenant.tenantId)).orderBy(runs.createdAt),
  );

describe("createSchedule", () => {
  it("waits for the next slot and leaves a receipt", async () => {
    const { triggerId } = await make({ cron: "0 9 * * *", zone: "Europe/Berlin" });
    await expectReceipt(world.as.operator, "trigger.create", `trigger:${triggerId}`);
    expect(await world.rows()).toMatchObject([{ id: triggerId, nextAt: "2026-06-02T07:00:00.000Z" }]);
  });

  it.each<[string, Partial<Parameters<typeof createSchedule>[1]>, string]>([
    ["comes each second", { cron: "* * * * * *" }, "cron"],
    ["never comes", { cron: "0 0 30 2 *" }, "cron"],
    ["is in no zone", { zone: "Mars/Olympus" }, "zone"],
    ["lacks its input", { input: {} }, "input.order"],
    ["has other input", { input: { order: 7 } }, "input.order"],
  ])("refuses one that %s", async (_what, over, path) => {
    await expect(make(over)).rejects.toMatchObject({ code: "Invalid", details: { fields: [{ path }] } });
  });

  it("refuses who starts nothing, and an author's for production, on record", async () => {
    for (const role of ["tenant_admin", "read_only", "workflow_reviewer"] as const) {
      const attempt = createSchedule(world.as[role], { workflowId: world.workflowId, ...wanted });
      await expect(attempt).rejects.toMatchObject({ code: "Forbidden" });
      await expectDenial(world.as[role], "trigger.schedule");
    }
    const attributes = { environment: "prod", region: "eu", risk_profile: "low", business_unit: "general" };
    const flow = await world.publish({ attributes: { ...attributes, data_sensitivity: "internal" } });
    const attempt = createSchedule(world.as.workflow_author, { workflowId: flow.workflowId, ...wanted });
    await expect(attempt).rejects.toMatchObject({ code: "Forbidden", details: { failed: ["environment"] } });
  });

  it("stops at a hundred, however many are saved at once", async () => {
    for (let made = 0; made < 99; made += 1) await make();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => make()));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "LimitReached" } });
    for (const { id } of await world.rows()) await disableTrigger(world.as.operator, { triggerId: id });
  });

  it("answers another tenant's workflow and schedule as ones that never were", async () => {
    const other = await triggerWorld(db.database, world.clock);
    const { triggerId } = await make();
    const mine = createSchedule(other.as.operator, { workflowId: world.workflowId, ...wanted });
    await expect(mine).rejects.toMatchObject({ code: "NotFound" });
    await expect(updateSchedule(other.as.operator, { triggerId, ...wanted })).rejects.toMatchObject({
      code: "NotFound",
    });
  });
});

describe("a slot", () => {
  it("starts one run, as the schedule, however many workers look", async () => {
    const { triggerId } = await make();
    await look();
    expect(await startedRuns()).toEqual([]);
    world.clock.advance(MINUTE_MS);
    await Promise.all(Array.from({ length: 6 }, look));
    await look();
    const started = await startedRuns();
    expect(started).toMatchObject([
      {
        ...{ startedBy: `trigger:${triggerId}`, input: { order: "7" } },
        idempotencyKey: `${triggerId}:2026-06-01T09:00:00.000Z`,
      },
    ]);
    expect(await world.rows()).toMatchObject([
      {
        lastFired: { at: "2026-06-01T09:00:00.000Z", runId: started[0]?.id },
        nextAt: "2026-06-01T10:00:00.000Z",
      },
    ]);
  });

  it("is started by the next look where the one that claimed it crashed", async () => {
    const { triggerId } = await make();
    world.clock.advance(MINUTE_MS);
    await claimSlots(world.call, { tenantId: world.tenant.tenantId, triggerId });
    expect(await startedRuns()).toEqual([]);
    await look();
    expect(await startedRuns()).toHaveLength(1);
  });

  it("is not taken by somebody who uses its key", async () => {
    const { triggerId } = await make();
    const { workflowId } = world;
    const idempotencyKey = `${triggerId}:2026-06-01T09:00:00.000Z`;
    const attempt = startRun(world.as.operator, { workflowId, input: { order: "8" }, idempotencyKey });
    await expect(attempt).rejects.toMatchObject({ code: "Invalid" });
  });

  it("is skipped when it was missed, or made up for once where the schedule catches up", async () => {
    const [skips, catches] = [await make(), await make({ catchUp: "latest" })];
    world.clock.advance(5 * 60 * MINUTE_MS + 20 * MINUTE_MS);
    await look();
    expect(await firesOf(world.as.operator, skips.triggerId)).toEqual([]);
    expect(await firesOf(world.as.operator, catches.triggerId)).toMatchObject([
      { status: "started", firedAt: new Date("2026-06-01T14:00:00Z") },
    ]);
    expect((await world.rows()).map(({ nextAt }) => nextAt)).toEqual(Array(2).fill("2026-06-01T15:00:00.000Z"));
  });

  it("starts nothing of a disabled schedule, nor what was claimed before it was disabled", async () => {
    const [off, late] = [await make(), await make()];
    await disableTrigger(world.as.operator, off);
    world.clock.advance(MINUTE_MS);
    await claimSlots(world.call, { tenantId: world.tenant.tenantId, triggerId: late.triggerId });
    await disableTrigger(world.as.operator, late);
    await look();
    expect(await startedRuns()).toEqual([]);
    expect(await firesOf(world.as.operator, late.triggerId)).toMatchObject([{ status: "refused" }]);
  });

  it("waits again from now on once the schedule is enabled", async () => {
    const { triggerId } = await make();
    await disableTrigger(world.as.operator, { triggerId });
    world.clock.advance(120 * MINUTE_MS);
    await updateSchedule(world.as.operator, { triggerId, ...wanted, catchUp: "latest" });
    await look();
    expect(await startedRuns()).toEqual([]);
    expect(await world.rows()).toMatchObject([{ isEnabled: true, nextAt: "2026-06-01T11:00:00.000Z" }]);
  });

  it("is refused for good under a kill, and the row says why", async () => {
    await make();
    await killWorkflow(world.as.operator, { workflowId: world.workflowId, reason: "Stop" });
    world.clock.advance(MINUTE_MS);
    await look();
    expect(await startedRuns()).toEqual([]);
    const [row] = await world.rows();
    expect(row?.lastRefused?.message).toContain("A kill is on");
    expect(await listPendingFires(world.call)).toEqual([]);
  });

  it("is refused where the right of who scheduled it does not reach what is published now", async () => {
    await createSchedule(world.as.workflow_author, { workflowId: world.workflowId, ...wanted });
    const attributes = { environment: "prod", region: "eu", risk_profile: "low", business_unit: "general" };
    await world.republish({ attributes: { ...attributes, data_sensitivity: "internal" } });
    world.clock.advance(MINUTE_MS);
    await look();
    expect(await startedRuns()).toEqual([]);
    await expectDenial(world.as.operator, "run.start");
    expect((await world.rows())[0]?.lastRefused?.message).toContain("not in this environment");
  });

  it("that cannot be started for a fault of ours holds up no other", async () => {
    const { triggerId } = await make();
    const fire = { tenantId: world.tenant.tenantId, triggerId, key: `${triggerId}:broken` };
    await withTenant(world.as.operator, (tx) =>
      tx.insert(triggerFires).values({
        ...{ ...fire, status: "pending" as const, depth: 1, firedAt: world.clock.now() },
        payload: { order: { nested: newId("run") } },
      }),
    );
    expect(await startPendingFire(world.call, fire)).toBe(true);
    expect(await firesOf(world.as.operator, triggerId)).toMatchObject([
      { status: "refused", refusal: { code: "Invalid" } },
    ]);
  });
});
