import { beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { tenantWith } from "@/server/testing/actors";
import { expectDenial, expectReceipt } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import { countEvents } from "./count-events";
import type { Sli } from "./domain/sli";
import { getSloHistory, judgeSlos, listSlos, previewSlo, resetSlo, setSlo } from "./index";

const db = useTestDatabase();
const MINUTE = 60_000;
const clock = fixedClock(new Date("2026-03-10T12:00:00Z"));
const judge = () => judgeSlos({ database: db.database, clock, newId, requestId: newId("request") });

let as: Record<"tenant_admin" | "read_only", TenantContext>;
beforeEach(async () => {
  ({ as } = await tenantWith(db.database, ["tenant_admin", "read_only"], clock));
  await judge();
});

const find = async (sli: Sli) =>
  must(
    (await listSlos(as.read_only, {})).rows.find((slo) => slo.sli === sli),
    "every tenant has it",
  );

/** As many runs as that in the minute that is under way, which then closes and is judged. */
async function minute(good: number, bad: number) {
  const { tenantId } = as.tenant_admin;
  const run = (status: "succeeded" | "failed") => ({
    ...{ id: newId("run"), at: clock.now() },
    fact: { kind: "run", status, executionClass: "standard", workedMs: 1_000 } as const,
  });
  const runs = [
    ...Array.from({ length: good }, () => run("succeeded")),
    ...Array.from({ length: bad }, () => run("failed")),
  ];
  await countEvents({ database: db.database, clock, tenantId }, runs);
  clock.advance(MINUTE);
  await judge();
}

describe("an objective", () => {
  it("says what is left of its budget, and which alerts are on and why", async () => {
    await minute(50, 0);
    expect(await find("workflow-success")).toMatchObject({ period: { good: 50, total: 50, budgetLeft: 1 } });
    await minute(40, 10);
    const slo = await find("workflow-success");
    expect(slo.period).toMatchObject({ good: 90, total: 100, budgetLeft: -99 });
    expect(slo.rules.filter(({ firing }) => firing !== null).map(({ id }) => id)).toContain("page-quick");
    expect(slo.rules[0]).toMatchObject({ long: { burnRate: 100 }, factor: 14.4, firing: { reason: "burning" } });
    const history = await getSloHistory(as.read_only, { sloId: slo.id, days: 1 });
    expect(history).toMatchObject({ step: "minute", points: [{ good: 50 }, { good: 40, total: 50 }] });
    expect(history.alerts.length).toBeGreaterThan(0);
  });

  it("shows what another target would have sent, and changes nothing by it", async () => {
    for (let times = 0; times < 3; times += 1) await minute(480, 20);
    const { id: sloId } = await find("workflow-success");
    const preview = await previewSlo(as.tenant_admin, { sloId, targetPpm: 970_000 });
    expect(preview.startsAnew).toBe(false);
    expect(preview.before.pages).toBeGreaterThan(0);
    expect(must(preview.after, "a target is read over what was counted").pages).toBe(0);
    expect(await find("workflow-success")).toMatchObject({ targetPpm: 999_000, isOwn: false });
  });

  it("is read anew under another target, and counted anew under another threshold", async () => {
    await minute(99, 1);
    const { id: sloId } = await find("workflow-success");
    const target = { sloId, targetPpm: 990_000, reason: "As agreed" };
    expect(await setSlo(as.tenant_admin, target)).toMatchObject({ generation: 1, startsAnew: false });
    await expectReceipt(as.tenant_admin, "slo.set", `slo:${sloId}`);
    await minute(0, 0);
    expect(await find("workflow-success")).toMatchObject({ isOwn: true, period: { total: 100, budgetLeft: 0 } });

    const latency = await find("workflow-latency");
    const thresholdMs = { standard: 500, bulk: 500, low: 500 };
    const slow = { sloId: latency.id, targetPpm: latency.targetPpm, thresholdMs, reason: "Quicker" };
    expect(
      await previewSlo(as.tenant_admin, { sloId: latency.id, targetPpm: latency.targetPpm, thresholdMs }),
    ).toMatchObject({
      startsAnew: true,
    });
    expect(await setSlo(as.tenant_admin, slow)).toMatchObject({ generation: 2, startsAnew: true });
    await minute(3, 0);
    expect(await find("workflow-latency")).toMatchObject({ period: { good: 0, total: 3 } });
    await resetSlo(as.tenant_admin, { sloId: latency.id });
    expect(await find("workflow-latency")).toMatchObject({ isOwn: false, generation: 3, period: { total: 0 } });
  });

  it("refuses a target under which an alert could never fire, by its name", async () => {
    const { id: sloId } = await find("workflow-success");
    await expect(setSlo(as.tenant_admin, { sloId, targetPpm: 900_000, reason: "Easy" })).rejects.toMatchObject({
      ...{ code: "Invalid", details: { field: "targetPpm", alerts: ["page-quick"] } },
    });
    for (const targetPpm of [0, 1_000_000])
      await expect(setSlo(as.tenant_admin, { sloId, targetPpm, reason: "All" })).rejects.toMatchObject({
        code: "Invalid",
      });
  });

  it("refuses a threshold that it does not have", async () => {
    const { id: sloId, targetPpm } = await find("policy-decision-latency");
    const asked = { sloId, targetPpm, thresholdMs: 5, reason: "Quick" };
    await expect(setSlo(as.tenant_admin, asked)).rejects.toMatchObject({ code: "Invalid" });
  });

  it("is changed by nobody who only reads, and is not found in another tenant", async () => {
    const { id: sloId } = await find("workflow-success");
    const asked = { sloId, targetPpm: 990_000, reason: "Mine" };
    await expect(setSlo(as.read_only, asked)).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.read_only, "slo.set");
    const { as: others } = await tenantWith(db.database, ["tenant_admin"], clock);
    await expect(setSlo(others.tenant_admin, asked)).rejects.toMatchObject({ code: "NotFound" });
  });
});
