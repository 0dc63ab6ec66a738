import { and, asc, eq, lte, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { appendLink } from "@/db/chain";
import { approvals, runs, workflowVersions } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { must } from "@/server/kernel/errors";
import type { CallContext } from "@/server/verb";
import { endOf } from "./domain/chain";
import { endApproval } from "./end-approval";
import { withContext } from "./load-approval";

/** Requests that one look finds; what is more is for the next. */
const LOOK = 100;

/** Tenants with requests that wait. */
export const listWaitingTenants = ({ database }: Pick<CallContext, "database">): Promise<string[]> =>
  withSystem({ database }, "settle-approvals", async (tx) => {
    const rows = await tx
      .selectDistinct({ tenantId: approvals.tenantId })
      .from(approvals)
      .where(eq(approvals.status, "pending"));
    return rows.map(({ tenantId }) => tenantId);
  });

interface Context extends CallContext {
  tenantId: string;
}

const caller = alias(runs, "caller");

/** Requests of a tenant that wait for nothing any more: expired, of a run that has ended, of a start that was overtaken. */
async function findSettled(ctx: Context): Promise<string[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({ id: approvals.id })
      .from(approvals)
      .innerJoin(runs, and(eq(runs.tenantId, approvals.tenantId), eq(runs.id, approvals.runId)))
      .leftJoin(caller, and(eq(caller.tenantId, runs.tenantId), eq(caller.id, runs.parentRunId)))
      .innerJoin(
        workflowVersions,
        and(eq(workflowVersions.tenantId, runs.tenantId), eq(workflowVersions.id, runs.versionId)),
      )
      .where(
        and(
          ...[eq(approvals.tenantId, ctx.tenantId), eq(approvals.status, "pending")],
          or(
            lte(approvals.dueAt, sql`clock_timestamp()`),
            sql`${runs.status} not in ('queued', 'running')`,
            sql`${caller.status} not in ('queued', 'running')`,
            sql`(${approvals.taskId} is null and ${runs.gatedAt} is not null and ${workflowVersions.status} <> 'published')`,
          ),
        ),
      )
      .orderBy(asc(approvals.dueAt))
      .limit(LOOK),
  );
  return rows.map(({ id }) => id);
}

/** Ends one request that waits for nothing any more, with its receipt; false where somebody else has, or it waits again. */
async function settle(ctx: Context, approvalId: string): Promise<boolean> {
  const { tenantId, newId, requestId } = ctx;
  return withTenant(ctx, async (tx) => {
    const [approval] = await tx
      .select()
      .from(approvals)
      .where(and(eq(approvals.tenantId, tenantId), eq(approvals.id, approvalId)))
      .for("update");
    if (approval?.status !== "pending") return false;
    const [run] = await tx
      .select()
      .from(runs)
      .where(and(eq(runs.tenantId, tenantId), eq(runs.id, approval.runId)))
      .for("update");
    const asked = await withContext(tx, approval, must(run, "a request's run exists, by foreign key"), true);
    const end = endOf(approval, { isPointless: asked.isPointless, at: asked.readAt });
    if (end === null) return false;
    const now = ctx.clock.now();
    const by = { newId, now, requestId, actor: "job:settle-approvals" };
    await endApproval(tx, by, asked, asked.votes, end);
    appendLink(tx, "receipts", {
      ...{ tenantId, id: newId("receipt"), at: now.toISOString(), actor: by.actor, action: "approval.end" },
      ...{ subject: `approval:${approvalId}`, body: { requestId, detail: { status: end, runId: approval.runId } } },
    });
    return true;
  });
}

/**
 * Ends a tenant's requests that wait for nothing any more, a hundred at a time: expired ones fail their step or cancel
 * their start, those whose run has ended or whose version was replaced are void. True once none is left. May be repeated,
 * and done by several at once: each is ended by one of them.
 */
export async function settleApprovals(ctx: Context): Promise<boolean> {
  const found = await findSettled(ctx);
  for (const approvalId of found) await settle(ctx, approvalId);
  return found.length < LOOK;
}
