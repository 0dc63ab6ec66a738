import { and, count, eq } from "drizzle-orm";
import type { z } from "zod";
import { onCallSchedules } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict, limitReached } from "@/server/kernel/errors";
import { defineWrite, type Scope } from "@/server/verb";
import { loadOnCallForChange, loadSchedule, userIdsOf } from "./load";
import { createScheduleSchema, updateScheduleSchema } from "./schemas";

const SCHEDULES_MAX = 20;

type Rotates = Omit<z.output<typeof updateScheduleSchema>, "scheduleId" | "seenAt">;

async function rowOf(scope: Scope, { memberIds, ...rest }: Rotates) {
  const { ctx, now } = scope;
  return { ...rest, people: await userIdsOf(scope, memberIds), updatedBy: actorRef(ctx.actor), updatedAt: now };
}

/** Names are told apart, as people choose among them. */
async function refuseName({ ctx, tx }: Scope, name: string, but: string | null): Promise<void> {
  const [same] = await tx
    .select({ id: onCallSchedules.id })
    .from(onCallSchedules)
    .where(and(eq(onCallSchedules.tenantId, ctx.tenantId), eq(onCallSchedules.name, name)));
  if (same !== undefined && same.id !== but) throw conflict("Another schedule has this name.", { field: "name" });
}

/** Makes a schedule. Refuses people who are no members (NotFound), a name that is taken (Conflict) and the 21st (LimitReached). */
export const createSchedule = defineWrite({
  action: "incident.resolve",
  receipt: "on_call.schedule",
  feature: "incident-automation",
  input: createScheduleSchema,
  load: loadOnCallForChange,
  write: async (scope, input) => {
    const { ctx, tx } = scope;
    const { tenantId } = ctx;
    const row = await rowOf(scope, input);
    await refuseName(scope, input.name, null);
    const [there] = await tx
      .select({ count: count() })
      .from(onCallSchedules)
      .where(eq(onCallSchedules.tenantId, tenantId));
    if (there !== undefined && there.count >= SCHEDULES_MAX)
      throw limitReached(`A tenant may have ${SCHEDULES_MAX} schedules.`, { limit: SCHEDULES_MAX });
    const id = ctx.newId("onCallSchedule");
    await tx.insert(onCallSchedules).values({ tenantId, id, ...row });
    const { updatedBy: _by, updatedAt: _at, ...detail } = row;
    return { value: { scheduleId: id }, subject: `on_call_schedule:${id}`, detail };
  },
});

/** Changes a schedule as it was read; one that was changed meanwhile is a Conflict. */
export const updateSchedule = defineWrite({
  action: "incident.resolve",
  receipt: "on_call.schedule",
  feature: "incident-automation",
  input: updateScheduleSchema,
  load: loadSchedule,
  write: async (scope, { scheduleId, seenAt, ...input }, { schedule }) => {
    const { ctx, tx } = scope;
    if (schedule.updatedAt.getTime() !== seenAt.getTime())
      throw conflict("Somebody has changed this schedule meanwhile.");
    const row = await rowOf(scope, input);
    await refuseName(scope, input.name, scheduleId);
    await tx
      .update(onCallSchedules)
      .set(row)
      .where(and(eq(onCallSchedules.tenantId, ctx.tenantId), eq(onCallSchedules.id, scheduleId)));
    const { updatedBy: _by, updatedAt: _at, ...detail } = row;
    return { value: { scheduleId }, detail };
  },
});
