import { beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { overridePlan } from "@/server/entitlements";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { startRun } from "@/server/runs";
import { usageMarks } from "./index";
import { makeUsingTenant, type UsingTenant } from "./testing/use";

const db = useTestDatabase();
let tenant: UsingTenant;

const grant = (plan: "standard" | "pro") =>
  overridePlan(
    { database: db.database, tenantId: tenant.tenantId, clock: systemClock, newId },
    { plan, addOns: [], moreSeats: 0, reason: "A test", expiresAt: new Date(Date.now() + 86_400_000) },
  );
const marks = async () =>
  (await usageMarks({ database: db.database, clock: systemClock, tenantId: tenant.tenantId })).map(
    ({ limit, mark }) => `${limit} ${mark}`,
  );
const use = (units: number) => tenant.use(new Date(), units * 1_000);

beforeEach(async () => {
  tenant = await makeUsingTenant(db.database);
});

describe("marks of a month's use", () => {
  it("are the largest that each limit has come to, by the ledger and not by the meter (cases 92, 99)", async () => {
    await grant("standard");
    expect(await marks()).toEqual([]);
    await use(4_999);
    expect(await marks()).toEqual([]);
    await use(1);
    expect(await marks()).toEqual(["wuIncluded 50"]);
    await use(20_000);
    expect(await marks()).toEqual(["wuIncluded 100", "wuCap 50"]);
  });

  it("do not count the month before, and are none without a plan", async () => {
    await use(100_000);
    expect(await marks()).toEqual([]);
    await grant("standard");
    await tenant.use(new Date(Date.now() - 40 * 86_400_000), 1_000_000);
    expect(await marks()).toEqual(["wuIncluded 100", "wuCap 100"]);
  });
});

describe("the most weighted tasks of a month", () => {
  const start = () => startRun(tenant.operator, { workflowId: tenant.workflowId, input: { order: "2" } });

  it("refuses new runs once they are used, says of which plan, and lets a larger one go on (case 99)", async () => {
    await grant("standard");
    await use(49_999);
    await start();
    await use(1);
    await expect(start()).rejects.toMatchObject({
      ...{
        code: "LimitReached",
        details: { reason: "weighted-tasks", limit: 50_000, taken: 50_000, plan: "standard" },
      },
    });
    await grant("pro");
    await start();
  });
});
