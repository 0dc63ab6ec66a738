import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { runs, sentEvents, triggerFires } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { FIRES_KEPT_DAYS, forgetFires, sendEvent } from "./index";
import { firesOf, makeHook, sendTo, triggerWorld, type World } from "./testing/trigger-world";

const db = useTestDatabase();
const DAY_MS = 86_400_000;
let world: World;
beforeEach(async () => {
  world = await triggerWorld(db.database, fixedClock(new Date()));
});

/** What a night so many days after the fires deletes. */
const forgetAfter = (days: number) => {
  const { tenantId } = world.tenant;
  return forgetFires({ database: db.database, tenantId }, new Date(world.clock.now().getTime() + days * DAY_MS));
};

/** A webhook that fired so often, a second apart; its runs have ended. */
async function fired(times: number) {
  const hook = await makeHook(world);
  for (let nth = 0; nth < times; nth += 1) {
    expect(await sendTo(world, hook.triggerId, { secret: hook.secret })).toMatchObject({ status: 201 });
    world.clock.advance(1_000);
  }
  await withTenant(world.as.operator, (tx) =>
    tx
      .update(runs)
      .set({ status: "succeeded", endedAt: world.clock.now() })
      .where(eq(runs.tenantId, world.tenant.tenantId)),
  );
  return hook.triggerId;
}

const fires = (triggerId: string) => firesOf(world.as.operator, triggerId);

describe("forgetFires", () => {
  it("deletes fires after their time, and keeps the last one, which the page of triggers tells of", async () => {
    const triggerId = await fired(3);
    expect(await forgetAfter(FIRES_KEPT_DAYS - 1)).toMatchObject({ fires: 0 });
    const last = (await fires(triggerId)).at(-1);
    expect(await forgetAfter(FIRES_KEPT_DAYS + 1)).toMatchObject({ fires: 2 });
    expect(await fires(triggerId)).toEqual([last]);
    const [row] = await world.rows();
    expect(row?.lastFired?.runId).toBe(last?.runId);
  });

  it("keeps one whose run goes on, and one that has not started its run yet", async () => {
    const triggerId = await fired(4);
    const [first, second] = await fires(triggerId);
    const { tenantId } = world.tenant;
    await withTenant(world.as.operator, async (tx) => {
      const isFirst = and(eq(runs.tenantId, tenantId), eq(runs.id, first?.runId ?? ""));
      await tx.update(runs).set({ status: "running", endedAt: null }).where(isFirst);
      const isSecond = and(eq(triggerFires.tenantId, tenantId), eq(triggerFires.key, second?.key ?? ""));
      await tx.update(triggerFires).set({ status: "pending" }).where(isSecond);
    });
    expect(await forgetAfter(FIRES_KEPT_DAYS + 1)).toMatchObject({ fires: 1 });
    expect((await fires(triggerId)).map(({ key }) => key)).toEqual(expect.arrayContaining([first?.key, second?.key]));
  });

  it("deletes sent events after their time, in more than one batch", async () => {
    const { tenantId } = world.tenant;
    const { eventId } = await sendEvent(world.as.operator, { name: "order.placed", idempotencyKey: "one" });
    await withTenant(world.as.operator, (tx) =>
      tx.insert(sentEvents).values(
        Array.from({ length: 1_500 }, (_, nth) => ({
          ...{ tenantId, id: `${eventId}${nth}`, name: "order.placed", data: {}, sentBy: "system" },
          sentAt: world.clock.now(),
        })),
      ),
    );
    expect(await forgetAfter(FIRES_KEPT_DAYS - 1)).toMatchObject({ events: 0 });
    expect(await sendEvent(world.as.operator, { name: "order.placed", idempotencyKey: "one" })).toEqual({
      ...{ eventId, isNew: false },
    });
    expect(await forgetAfter(FIRES_KEPT_DAYS + 1)).toMatchObject({ events: 1_501 });
  });

  it("touches no other tenant", async () => {
    const triggerId = await fired(3);
    const other = await triggerWorld(db.database, world.clock);
    const later = new Date(world.clock.now().getTime() + (FIRES_KEPT_DAYS + 1) * DAY_MS);
    const place = { database: db.database, tenantId: other.tenant.tenantId };
    expect(await forgetFires(place, later)).toEqual({ fires: 0, events: 0 });
    expect(await fires(triggerId)).toHaveLength(3);
  });
});
