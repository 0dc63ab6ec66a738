import { and, eq } from "drizzle-orm";
import { remediationTasks, tenants, users } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { env } from "@/server/platform/env";

/** What the mail to somebody who may see to a difference says. */
export interface DriftLetter {
  to: string;
  tenantName: string;
  title: string;
  /** How many were found at once, this one included. */
  count: number;
  url: string;
}

/** The mail about what was found; null once its first task is closed again. */
export async function composeDriftLetter(
  database: Database,
  { tenantId, taskId, count, userId }: { tenantId: string; taskId: string; count: number; userId: string },
): Promise<DriftLetter | null> {
  return withTenant({ database, tenantId }, async (tx) => {
    const [found] = await tx
      .select({ task: remediationTasks, tenant: tenants, email: users.email })
      .from(remediationTasks)
      .innerJoin(tenants, eq(tenants.tenantId, remediationTasks.tenantId))
      .innerJoin(users, eq(users.id, userId))
      .where(and(eq(remediationTasks.tenantId, tenantId), eq(remediationTasks.id, taskId)));
    if (found === undefined || found.task.closedAt !== null) return null;
    const { task, tenant, email } = found;
    const url = new URL(`/t/${tenant.slug}/drift`, env().CONDUCTOR_PUBLIC_URL).href;
    return { to: email, tenantName: tenant.name, title: task.title, count, url };
  });
}
