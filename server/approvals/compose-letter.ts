import { and, eq } from "drizzle-orm";
import { approvalLinks, approvals, runs, tenants, users } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { env } from "@/server/platform/env";
import type { CallContext } from "@/server/verb";
import { hashToken, linkToken } from "./links";
import { withContext } from "./load-approval";

/** What the mail to somebody who may decide says. Its address is a secret: hand it to the mailer and nowhere else. */
export interface ApprovalLetter {
  to: string;
  tenantName: string;
  title: string;
  workflowName: string;
  url: string;
  /** ISO 8601. */
  dueAt: string;
}

/**
 * The mail that is due to a person for a stage of a request, whose link is put on record; null when that stage asks nobody
 * any more. Composed again, it holds the same link.
 */
export async function composeApproval(
  call: CallContext,
  { tenantId, approvalId, stage, userId }: { tenantId: string; approvalId: string; stage: number; userId: string },
): Promise<ApprovalLetter | null> {
  return withTenant({ database: call.database, tenantId }, async (tx) => {
    const [found] = await tx
      .select({ approval: approvals, run: runs, tenant: tenants, email: users.email })
      .from(approvals)
      .innerJoin(runs, and(eq(runs.tenantId, approvals.tenantId), eq(runs.id, approvals.runId)))
      .innerJoin(tenants, eq(tenants.tenantId, approvals.tenantId))
      .innerJoin(users, eq(users.id, userId))
      .where(and(eq(approvals.tenantId, tenantId), eq(approvals.id, approvalId)));
    if (found === undefined) return null;
    const { approval, run, tenant, email } = found;
    const { isPointless, workflow } = await withContext(tx, approval, run, false);
    if (approval.status !== "pending" || approval.stage !== stage || isPointless) return null;
    const token = linkToken(approvalId, userId);
    await tx
      .insert(approvalLinks)
      .values({ tenantId, approvalId, userId, tokenHash: hashToken(token), createdAt: call.clock.now() })
      .onConflictDoNothing();
    const url = new URL(`/t/${tenant.slug}/approvals/${approvalId}`, env().CONDUCTOR_PUBLIC_URL);
    url.searchParams.set("link", token);
    return {
      ...{ to: email, tenantName: tenant.name, title: approval.title, workflowName: workflow.name, url: url.href },
      dueAt: approval.dueAt.toISOString(),
    };
  });
}
