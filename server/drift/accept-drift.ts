import { and, eq, isNull } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { remediationTasks } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { requireFeature } from "@/server/entitlements";
import { isAcceptable } from "./domain/difference";
import type { TaskContext } from "./change-tasks";

/**
 * Accepts what cannot be undone, such as what was decided, with a reason and a receipt: the next look closes its task. For
 * the command line. `missing`: no such task is open; `undo`: this one is undone instead. Refuses a tenant without the feature
 * (NotEntitled).
 */
export function acceptDrift(
  ctx: TaskContext,
  { key, reason }: { key: string; reason: string },
): Promise<"accepted" | "missing" | "undo"> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    await requireFeature(tx, tenantId, "drift-detection", ctx.clock.now());
    const open = and(
      eq(remediationTasks.tenantId, tenantId),
      eq(remediationTasks.key, key),
      isNull(remediationTasks.closedAt),
    );
    const [task] = await tx.select().from(remediationTasks).where(open).for("update");
    if (task === undefined) return "missing";
    if (!isAcceptable(task.kind)) return "undo";
    await tx.update(remediationTasks).set({ acceptedFound: task.found }).where(open);
    appendLink(tx, "receipts", {
      ...{ tenantId, id: ctx.newId("receipt"), at: ctx.clock.now().toISOString(), actor: "system" },
      ...{ action: "remediation.accept", subject: `remediation:${task.id}` },
      body: { requestId: ctx.requestId, detail: { key, reason, expected: task.expected, found: task.found } },
    });
    return "accepted";
  });
}
