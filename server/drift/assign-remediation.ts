import { and, eq, isNull } from "drizzle-orm";
import { members, remediationTasks } from "@/db/schema";
import { conflict, invalid, notFound } from "@/server/kernel/errors";
import { defineWrite, type Scope } from "@/server/verb";
import { loadRemediation } from "./load";
import { assignRemediationSchema } from "./schemas";

async function userOf({ ctx, tx }: Scope, memberId: string): Promise<string> {
  const [member] = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.tenantId, ctx.tenantId), eq(members.id, memberId)));
  if (member === undefined) throw notFound("member");
  return member.userId;
}

/**
 * Says who sees to a difference, and by when. Refuses somebody who is no member (NotFound), a moment that has passed
 * (Invalid), and a task that is closed (Conflict).
 */
export const assignRemediation = defineWrite({
  action: "remediation.assign",
  receipt: "remediation.assign",
  feature: "drift-detection",
  input: assignRemediationSchema,
  load: loadRemediation,
  write: async (scope, { taskId, memberId, dueAt }, { row }) => {
    const { ctx, tx, now } = scope;
    if (dueAt !== undefined && dueAt <= now) throw invalid("Choose a moment that has not passed.", { field: "dueAt" });
    const ownerId = memberId === undefined ? null : await userOf(scope, memberId);
    const due = dueAt ?? row.task.dueAt;
    const assigned = await tx
      .update(remediationTasks)
      .set({ ownerId, dueAt: due })
      .where(
        and(
          eq(remediationTasks.tenantId, ctx.tenantId),
          eq(remediationTasks.id, taskId),
          isNull(remediationTasks.closedAt),
        ),
      )
      .returning({ id: remediationTasks.id });
    if (assigned.length === 0) throw conflict("This difference is gone, and its task closed.");
    const detail = { ownerId, dueAt: due.toISOString() };
    return { value: { taskId, ...detail }, detail };
  },
});
