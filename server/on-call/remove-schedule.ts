import { and, eq } from "drizzle-orm";
import { escalationPolicies, onCallSchedules } from "@/db/schema";
import { preconditionFailed } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { loadSchedule } from "./load";
import { removeScheduleSchema } from "./schemas";

/** Removes a schedule with its overrides; one that a step of the escalation tells stays (PreconditionFailed). */
export const removeSchedule = defineWrite({
  action: "incident.resolve",
  receipt: "on_call.remove",
  input: removeScheduleSchema,
  load: loadSchedule,
  write: async ({ ctx, tx }, { scheduleId }, { schedule }) => {
    const { tenantId } = ctx;
    const [policy] = await tx.select().from(escalationPolicies).where(eq(escalationPolicies.tenantId, tenantId));
    const isTold = policy?.steps.some(({ targets }) =>
      targets.some((target) => target.kind === "schedule" && target.scheduleId === scheduleId),
    );
    if (isTold === true) throw preconditionFailed("The escalation tells who is on call by it. Change that first.");
    await tx
      .delete(onCallSchedules)
      .where(and(eq(onCallSchedules.tenantId, tenantId), eq(onCallSchedules.id, scheduleId)));
    return { value: { scheduleId }, detail: { name: schedule.name } };
  },
});
