import { isNull, lt, or } from "drizzle-orm";
import type { z } from "zod";
import { appendLink } from "@/db/chain";
import type { Database } from "@/db/client";
import { tenantQuotas } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { NewId } from "@/server/kernel/ids";
import type { quotasSet } from "./events";

/**
 * Writes quotas that were set into the tenant's own rows, with a receipt in its chain. May be repeated, and come out of
 * order: the last that were set stay. True where they were written.
 */
export function applyQuotas(
  ctx: { database: Database; newId: NewId; requestId: string },
  { forTenantId: tenantId, quotas, setBy, setAt }: z.output<typeof quotasSet.payload>,
): Promise<boolean> {
  return withTenant({ database: ctx.database, tenantId }, async (tx) => {
    const { mostConcurrentRuns: setConcurrentRuns, mostQueuedRuns, mostConcurrentSteps } = quotas;
    const set = { setConcurrentRuns, mostQueuedRuns, mostConcurrentSteps, setBy, setAt: new Date(setAt) };
    const written = await tx
      .insert(tenantQuotas)
      .values({ tenantId, ...set })
      .onConflictDoUpdate({
        target: tenantQuotas.tenantId,
        set,
        setWhere: or(isNull(tenantQuotas.setAt), lt(tenantQuotas.setAt, set.setAt)),
      })
      .returning({ tenantId: tenantQuotas.tenantId });
    if (written.length === 0) return false;
    appendLink(tx, "receipts", {
      ...{ tenantId, id: ctx.newId("receipt"), at: setAt, actor: "job:apply-quotas", action: "quota.set" },
      ...{ subject: `tenant:${tenantId}`, body: { requestId: ctx.requestId, detail: { ...quotas } } },
    });
    return true;
  });
}
