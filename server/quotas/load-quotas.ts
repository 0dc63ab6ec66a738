import { eq, type Placeholder, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { quotaHits, runCounts, tenantQuotas } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { DEFAULT_QUOTAS, type Quotas } from "./domain/quota";

type TenantId = string | Placeholder | AnyPgColumn | SQL;

/** How many runs of a tenant have not begun, as a column of a query. */
export const queuedRuns = (tenantId: TenantId): SQL<number> =>
  sql<number>`(select coalesce(sum(${runCounts.queued}), 0)::int from ${runCounts} where ${runCounts.tenantId} = ${tenantId})`;

/** How many may not have begun. */
export const mostQueuedRuns = (tenantId: TenantId): SQL<number> =>
  sql<number>`coalesce((select ${tenantQuotas.mostQueuedRuns} from ${tenantQuotas}
    where ${tenantQuotas.tenantId} = ${tenantId}), ${sql.raw(String(DEFAULT_QUOTAS.mostQueuedRuns))})`;

/**
 * Whether as many of a tenant's runs are at work as may be, as a column of a query: claims have just left others behind. They
 * say so every ten seconds for as long as they do.
 */
export const hasNoPlace = (tenantId: TenantId): SQL<boolean> =>
  sql<boolean>`exists (select from ${quotaHits} where ${quotaHits.tenantId} = ${tenantId}
    and ${quotaHits.quota} = 'concurrent_runs' and ${quotaHits.hitAt} > now() - interval '20 seconds')`;

/** How many runs a tenant has that have not ended. */
export interface RunLoad {
  queued: number;
  /** Those that rest included. */
  running: number;
}

/** What the tenant may have at a time, as claims go by it, and how many runs it has; both statements are sent at once. */
export async function loadQuotas(tx: Tx, tenantId: string): Promise<{ quotas: Quotas; load: RunLoad }> {
  const { mostConcurrentRuns, mostQueuedRuns: mostQueued, mostConcurrentSteps } = tenantQuotas;
  const [[own], [load]] = await Promise.all([
    tx
      .select({ mostConcurrentRuns, mostQueued, mostConcurrentSteps })
      .from(tenantQuotas)
      .where(eq(tenantQuotas.tenantId, tenantId)),
    tx
      .select({
        queued: sql<number>`coalesce(sum(${runCounts.queued}), 0)::int`,
        running: sql<number>`coalesce(sum(${runCounts.running}), 0)::int`,
      })
      .from(runCounts)
      .where(eq(runCounts.tenantId, tenantId)),
  ]);
  const quotas: Quotas = {
    mostConcurrentRuns: own?.mostConcurrentRuns ?? DEFAULT_QUOTAS.mostConcurrentRuns,
    mostQueuedRuns: own?.mostQueued ?? DEFAULT_QUOTAS.mostQueuedRuns,
    mostConcurrentSteps: own?.mostConcurrentSteps ?? DEFAULT_QUOTAS.mostConcurrentSteps,
  };
  return { quotas, load: load ?? { queued: 0, running: 0 } };
}
