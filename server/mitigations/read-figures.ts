import { and, eq, sql } from "drizzle-orm";
import { slos, sloWindows } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import type { Clock } from "@/server/kernel/clock";
import { loadQuotas } from "@/server/quotas";
import { burnRate } from "@/server/slos/domain/burn";
import type { Figures } from "./domain/mitigation";

/** The window that shows soonest whether something helps, in minutes. */
const SHORT = "5";

/** Calls of a tenant's runs that workers have; null where others than the embedded executor carry them out. */
async function callsOut(database: Database, tenantId: string): Promise<number | null> {
  const { rows } = await withSystem({ database }, "tend-mitigations", (tx) =>
    tx.execute<{ out: number; workers: number }>(sql`
      select (select count(*)::int from engine.jobs j join engine.runs r on r.id = j.run_id
          where r.tenant_id = ${tenantId} and r.function_id like '%execute-run' and j.lease_until >= now()) as out,
        (select count(*)::int from engine.workers) as workers`),
  );
  const [row] = rows;
  return row === undefined || row.workers === 0 ? null : row.out;
}

/** How a tenant's runs stand now, and how fast its budgets burn. */
export async function readFigures(
  { database, clock }: { database: Database; clock: Clock },
  tenantId: string,
): Promise<Figures> {
  const out = await callsOut(database, tenantId);
  return withTenant({ database, tenantId }, async (tx) => {
    const { quotas, load } = await loadQuotas(tx, tenantId);
    const windows = await tx
      .select({ sli: slos.sli, spec: slos.spec, good: sloWindows.good, total: sloWindows.total })
      .from(sloWindows)
      .innerJoin(slos, and(eq(slos.tenantId, sloWindows.tenantId), eq(slos.id, sloWindows.sloId)))
      .where(and(eq(sloWindows.tenantId, tenantId), eq(sloWindows.name, SHORT)));
    return {
      ...{ at: clock.now().toISOString(), running: load.running, queued: load.queued },
      ...{ atWork: out ?? load.running, limit: quotas.mostConcurrentRuns },
      burnRates: Object.fromEntries(
        windows
          .filter(({ spec }) => spec.method.kind === "occurrences")
          .map(({ sli, spec, ...counts }) => [sli, burnRate(counts, spec)]),
      ),
    };
  });
}
