import type { Database } from "@/db/client";
import { usageLedger, usageReports } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { startRun } from "@/server/runs";
import { planlessTenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";

/** A tenant with a run, whose ledger tests write as runs would. */
export interface UsingTenant {
  admin: TenantContext;
  operator: TenantContext;
  workflowId: string;
  tenantId: string;
  /** Writes what a task used, in thousandths. */
  use: (at: Date, weightMilli: number) => Promise<void>;
  reports: () => Promise<(typeof usageReports.$inferSelect)[]>;
}

export async function makeUsingTenant(database: Database): Promise<UsingTenant> {
  const roles = ["tenant_admin", "workflow_author", "workflow_reviewer", "operator"] as const;
  const { tenant, as } = await planlessTenantWith(database, roles);
  const { tenantId } = tenant;
  const { workflowId } = await makePublished(as);
  const { runId } = await startRun(as.operator, { workflowId, input: { order: "1" } });
  let steps = 0;
  return {
    ...{ admin: as.tenant_admin, operator: as.operator, workflowId, tenantId },
    use: async (at, weightMilli) => {
      steps += 1;
      const task = { taskType: "transform", bytes: 0, durationBand: "under-1s" as const, externalCalls: 0 };
      const row = { tenantId, runId, stepId: `used-${steps}`, ...task, weightMilli, at };
      await withTenant({ database, tenantId }, (tx) => tx.insert(usageLedger).values(row));
    },
    reports: () =>
      withTenant({ database, tenantId }, (tx) => tx.select().from(usageReports).orderBy(usageReports.hour)),
  };
}
