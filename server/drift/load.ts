import { and, eq } from "drizzle-orm";
import { members, remediationTasks, users } from "@/db/schema";
import { notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";

/** The tenant's remediation tasks at large, as policy sees them. */
export async function loadRemediations({ ctx }: Pick<Scope, "ctx">) {
  return {
    resource: { subject: "remediation" as const, tenantId: ctx.tenantId },
    subject: `tenant:${ctx.tenantId}`,
  };
}

/** A task with its owner's name; the owner's is null too for somebody who left. */
export const taskColumns = { task: remediationTasks, name: users.name, email: users.email, memberId: members.id };

export const ownerOf = {
  user: eq(users.id, remediationTasks.ownerId),
  member: and(eq(members.tenantId, remediationTasks.tenantId), eq(members.userId, remediationTasks.ownerId)),
};

/** One task of the tenant; throws NotFound, for another tenant's alike. */
export async function loadRemediation(scope: Scope, { taskId }: { taskId: string }) {
  const { ctx, tx } = scope;
  const [row] = await tx
    .select(taskColumns)
    .from(remediationTasks)
    .leftJoin(users, ownerOf.user)
    .leftJoin(members, ownerOf.member)
    .where(and(eq(remediationTasks.tenantId, ctx.tenantId), eq(remediationTasks.id, taskId)));
  if (row === undefined) throw notFound("remediation task");
  return { ...(await loadRemediations(scope)), subject: `remediation:${taskId}`, row };
}
