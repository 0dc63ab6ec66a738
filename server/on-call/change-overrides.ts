import { and, count, eq, gt } from "drizzle-orm";
import { onCallOverrides } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { invalid, limitReached } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { loadOverride, loadSchedule, userIdsOf } from "./load";
import { addOverrideSchema, removeOverrideSchema } from "./schemas";

/** Overrides of one schedule that are not over, and how long one may be. */
const OVERRIDES_MAX = 100;
const DAYS_MAX = 90;

/** Puts somebody else on call for a while: 90 days at most, and not in the past (Invalid). */
export const addOverride = defineWrite({
  action: "incident.acknowledge",
  receipt: "on_call.override",
  feature: "incident-automation",
  input: addOverrideSchema,
  load: loadSchedule,
  write: async (scope, { scheduleId, memberId, startsAt, endsAt }) => {
    const { ctx, tx, now } = scope;
    const { tenantId } = ctx;
    if (endsAt <= now) throw invalid("It is over already.", { fields: [{ path: "endsAt", message: "is over" }] });
    if (endsAt.getTime() - startsAt.getTime() > DAYS_MAX * 86_400_000)
      throw invalid(`It may last ${DAYS_MAX} days. Change the schedule for longer.`, {
        fields: [{ path: "endsAt", message: `must be at most ${DAYS_MAX} days later` }],
      });
    const [userId = ""] = await userIdsOf(scope, [memberId]);
    const [there] = await tx
      .select({ count: count() })
      .from(onCallOverrides)
      .where(
        and(
          ...[eq(onCallOverrides.tenantId, tenantId), eq(onCallOverrides.scheduleId, scheduleId)],
          gt(onCallOverrides.endsAt, now),
        ),
      );
    if (there !== undefined && there.count >= OVERRIDES_MAX)
      throw limitReached(`A schedule may have ${OVERRIDES_MAX} overrides to come.`, { limit: OVERRIDES_MAX });
    const id = ctx.newId("onCallOverride");
    await tx.insert(onCallOverrides).values({
      ...{ tenantId, id, scheduleId, userId, startsAt, endsAt, createdBy: actorRef(ctx.actor), createdAt: now },
    });
    const detail = { overrideId: id, userId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
    return { value: { overrideId: id }, detail };
  },
});

/** Takes an override back: the turns go on as if it had not been. */
export const removeOverride = defineWrite({
  action: "incident.acknowledge",
  receipt: "on_call.override",
  input: removeOverrideSchema,
  load: loadOverride,
  write: async ({ ctx, tx }, { overrideId }) => {
    await tx
      .delete(onCallOverrides)
      .where(and(eq(onCallOverrides.tenantId, ctx.tenantId), eq(onCallOverrides.id, overrideId)));
    return { value: { overrideId }, detail: { overrideId, isRemoved: true } };
  },
});
