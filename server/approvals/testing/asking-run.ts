import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { approvals } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { must } from "@/server/kernel/errors";
import { conductRun, getRun, startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { executionContext } from "@/server/testing/execution-context";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import type { Stage } from "../domain/chain";
import { decideApproval, settleApprovals } from "../index";

export const oneStage = (over: Partial<Stage> = {}): Stage[] => [
  { role: "workflow_reviewer", quorum: 1, expires_hours: 1, ...over },
];

const ROLES = ["workflow_author", "workflow_reviewer", "operator", "tenant_admin", "read_only"] as const;

/** A tenant with somebody of each role, and what tests do with its runs that ask for approval. */
export async function makeDesk(database: Database) {
  const { tenant, as } = await tenantWith(database, ROLES);
  const ctx = executionContext({ database, tenantId: tenant.tenantId });
  const requests = (runId: string) =>
    withTenant(ctx, (tx) =>
      tx
        .select()
        .from(approvals)
        .where(and(eq(approvals.tenantId, tenant.tenantId), eq(approvals.runId, runId))),
    );
  const requestOf = async (runId: string) => must((await requests(runId))[0], "the run asks");
  return {
    ...{ tenant, as, ctx, requests, requestOf },
    turn: (runId: string) => conductRun(ctx, runId)(0),
    run: (runId: string) => getRun(as.operator, { runId }),
    settle: () => settleApprovals(ctx),
    /** A run whose gate asks these stages, and its request. */
    asking: async (stages: readonly Stage[] = oneStage(), over: Record<string, unknown> = {}) => {
      const gate = { id: "gate", type: "approval", title: "Ship {{ input.order }}?", details: "By air.", stages };
      const after = { id: "after", type: "transform", expression: "steps.gate.output" };
      const flow = await makePublished(as, { steps: [{ ...gate, next: "after" }, after], ...over });
      const { runId } = await startRun(as.operator, { workflowId: flow.workflowId, input: { order: "A-1" } });
      await conductRun(ctx, runId)(0);
      return { ...flow, runId, approval: await requestOf(runId) };
    },
    /** A workflow whose starts must be approved. */
    gated: (stages: readonly Stage[] = oneStage(), over: Record<string, unknown> = {}) =>
      makePublished(as, {
        ...{ input: {}, approval_to_start: { stages } },
        ...{ steps: [{ id: "only", type: "transform", expression: '"done"' }], ...over },
      }),
    say: (
      who: TenantContext,
      { id, contentHash }: { id: string; contentHash: string },
      verdict: "approved" | "rejected" = "approved",
      over: Record<string, unknown> = {},
    ) => decideApproval(who, { approvalId: id, contentHash, verdict, comment: "Because.", ...over }),
    /** Lets the time of a request run out. */
    runOut: (approvalId: string) =>
      withTenant(ctx, (tx) =>
        tx
          .update(approvals)
          .set({ dueAt: sql`clock_timestamp()` })
          .where(and(eq(approvals.tenantId, tenant.tenantId), eq(approvals.id, approvalId))),
      ),
  };
}
