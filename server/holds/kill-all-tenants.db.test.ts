import { afterEach, describe, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock, systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { getRun, startRun } from "@/server/runs";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import { killAllTenants, liftAllTenantsKill, listHolds, listUnsettledHolds, settleHold } from "./index";

const db = useTestDatabase();
const input = { order: "A-1" };
const reason = "The region burns";

async function operating(clock = systemClock) {
  const tenant = await makeTenant(db.database, { isOperator: true });
  const as = (role: "conductor_admin" | "tenant_admin" | "operator") =>
    memberContext(db.database, tenant, { roles: [role] }, clock);
  return { tenant, as, admin: await as("conductor_admin") };
}

async function working() {
  const { tenant, as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as);
  const start = () => startRun(as.operator, { workflowId, input });
  return { tenant, as, start, statusOf: async (runId: string) => (await getRun(as.operator, { runId })).status };
}

async function settle(): Promise<void> {
  const ctx = { database: db.database, clock: systemClock, newId, requestId: newId("request") };
  for (const hold of await listUnsettledHolds(ctx)) await settleHold(ctx, hold);
}

// All tests of this file share its deployment.
const lifts: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await settle();
  for (const lift of lifts.splice(0)) await lift();
});
async function kill(admin: TenantContext) {
  const { holdId } = await killAllTenants(admin, { reason });
  lifts.push(() => liftAllTenantsKill(admin, { holdId }).catch(() => undefined));
  return holdId;
}

describe("a kill of all tenants", () => {
  it("refuses every start, ends every run, and says so to every tenant without naming anybody", async () => {
    const { tenant, admin } = await operating();
    const sides = [await working(), await working()];
    const runs = await Promise.all(sides.map(({ start }) => start()));
    const holdId = await kill(admin);
    await expectReceipt(admin, "deployment.kill", "deployment:all");
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["deployment.killed"]);
    for (const { as, start } of sides) {
      await expect(start()).rejects.toMatchObject({ code: "PreconditionFailed", details: { reason: "kill-is-on" } });
      expect(await listHolds(as.operator, {})).toMatchObject([
        { id: holdId, scope: "deployment", reason, setByName: null },
      ]);
    }
    await settle();
    for (const [index, { as, statusOf }] of sides.entries()) {
      const { runId = "" } = runs[index] ?? {};
      expect(await statusOf(runId)).toBe("killed");
      await expectReceipt(as.operator, "run.kill", `run:${runId}`);
    }
    await liftAllTenantsKill(admin, { holdId });
    await expectReceipt(admin, "deployment.lift", "deployment:all");
    for (const { start } of sides) await start();
  });

  it("cannot be lifted before every run has ended, nor twice", async () => {
    const { admin } = await operating();
    await (await working()).start();
    const holdId = await kill(admin);
    await expect(liftAllTenantsKill(admin, { holdId })).rejects.toMatchObject({ code: "Conflict" });
    await settle();
    await liftAllTenantsKill(admin, { holdId });
    await expect(liftAllTenantsKill(admin, { holdId })).rejects.toMatchObject({ code: "Conflict" });
  });

  it("is set by one of two who race", async () => {
    const { admin } = await operating();
    const outcomes = await Promise.allSettled([kill(admin), kill(admin)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "Conflict" } });
  });

  it.each(["tenant_admin", "operator"] as const)("is refused to a %s of the operating tenant", async (role) => {
    const { as } = await operating();
    const ctx = await as(role);
    await expect(killAllTenants(ctx, { reason })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(ctx, "deployment.kill");
  });

  it("is refused to every role of another tenant", async () => {
    const { as } = await tenantWith(db.database, ["conductor_admin"]);
    await expect(killAllTenants(as.conductor_admin, { reason })).rejects.toMatchObject({
      ...{ code: "Forbidden", details: { failed: ["same_tenant"] } },
    });
  });

  it("asks for a fresh sign-in", async () => {
    const clock = fixedClock(new Date());
    const { admin } = await operating(clock);
    clock.advance(4 * 60_000);
    const holdId = await kill(admin);
    await settle();
    clock.advance(2 * 60_000);
    const stale = { code: "PreconditionFailed", details: { reason: "fresh-sign-in" } };
    await expect(liftAllTenantsKill(admin, { holdId })).rejects.toMatchObject(stale);
    await expect(killAllTenants(admin, { reason })).rejects.toMatchObject(stale);
    clock.advance(-2 * 60_000);
  });

  it("is refused to a caller without a session", async () => {
    const { admin } = await operating();
    const actor = { kind: "api_key" as const, apiKeyId: newId("apiKey"), name: "Key" };
    await expect(killAllTenants({ ...admin, actor }, { reason })).rejects.toMatchObject({ code: "PreconditionFailed" });
  });
});
