import { and, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { escalationPolicies, onCallSchedules } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { notFound } from "@/server/kernel/errors";
import { defineWrite, type Scope } from "@/server/verb";
import type { EscalationTarget } from "./domain/escalation";
import { loadOnCallForChange, userIdsOf } from "./load";
import { setEscalationSchema } from "./schemas";

type Target = z.output<typeof setEscalationSchema>["steps"][number]["targets"][number];

async function refuseUnknown({ ctx, tx }: Scope, targets: readonly Target[]): Promise<void> {
  const wanted = new Set(targets.flatMap((target) => (target.kind === "schedule" ? target.scheduleId : [])));
  const found = await tx
    .select({ id: onCallSchedules.id })
    .from(onCallSchedules)
    .where(and(eq(onCallSchedules.tenantId, ctx.tenantId), inArray(onCallSchedules.id, [...wanted])));
  if (found.length < wanted.size) throw notFound("on-call schedule");
}

async function targetOf(scope: Scope, target: Target): Promise<EscalationTarget> {
  if (target.kind !== "person") return target;
  const [userId = ""] = await userIdsOf(scope, [target.memberId]);
  return { kind: "person", userId };
}

/** Says who is told when, until somebody acknowledges. Refuses schedules and members that there are not (NotFound). */
export const setEscalation = defineWrite({
  action: "incident.resolve",
  receipt: "on_call.escalation",
  feature: "incident-automation",
  input: setEscalationSchema,
  load: loadOnCallForChange,
  write: async (scope, input) => {
    const { ctx, tx, now } = scope;
    await refuseUnknown(
      scope,
      input.steps.flatMap(({ targets }) => targets),
    );
    const steps = [];
    for (const { afterMinutes, targets } of input.steps) {
      const told = [];
      for (const target of targets) told.push(await targetOf(scope, target));
      steps.push({ afterMinutes, targets: told });
    }
    const row = { steps, updatedBy: actorRef(ctx.actor), updatedAt: now };
    await tx
      .insert(escalationPolicies)
      .values({ tenantId: ctx.tenantId, ...row })
      .onConflictDoUpdate({ target: escalationPolicies.tenantId, set: row });
    return { value: { steps: steps.length }, detail: { steps } };
  },
});
