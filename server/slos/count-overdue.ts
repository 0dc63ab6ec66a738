import { and, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { holds, runCounts, slos } from "@/db/schema";
import { type Tx, withSystem, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import type { Clock } from "@/server/kernel/clock";
import { hasNoPlace } from "@/server/quotas";
import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import { countEvents, countWithin } from "./count-events";
import { workedMs } from "./count-runs";
import type { SloEvent } from "./domain/event";

const MINUTE_MS = 60_000;

interface OverdueContext {
  database: Database;
  clock: Clock;
}

interface OverdueRow extends Record<string, unknown> {
  id: string;
  execution_class: ExecutionClass;
}

/**
 * Runs that should long have ended: they have worked for longer than the deadline, or have waited so long for a worker though
 * nobody holds them back and their tenant has room. What only waits now, for people, events or a moment, is not late.
 */
async function findOverdue(tx: Tx, tenantId: string, deadlineMs: number, now: Date): Promise<SloEvent[]> {
  const until = sql`${now.toISOString()}::timestamptz`;
  const before = sql`${new Date(now.getTime() - deadlineMs).toISOString()}::timestamptz`;
  const { rows } = await tx.execute<OverdueRow>(sql`
    select r.id, r.execution_class from runs r
    where r.tenant_id = ${tenantId} and r.parent_run_id is null and (
      (r.status = 'running' and r.started_at < ${before} and ${workedMs(until)} > ${deadlineMs})
      or (r.status = 'queued' and r.created_at < ${before} and r.paused_at is null and r.gated_at is null
        and not ${hasNoPlace(sql`r.tenant_id`)})
    ) and not exists (
      select 1 from slo_events e where e.tenant_id = r.tenant_id and e.event_id = r.id)
    order by r.id limit 1000`);
  return rows.map(({ id, execution_class: executionClass }) => ({
    ...{ id, at: now },
    fact: { kind: "run", status: "failed", executionClass, workedMs: deadlineMs },
  }));
}

async function countOverdueOf(ctx: OverdueContext, tenantId: string): Promise<number> {
  return withTenant({ ...ctx, tenantId }, async (tx) => {
    const [slo] = await tx
      .select({ spec: slos.spec })
      .from(slos)
      .where(and(eq(slos.tenantId, tenantId), eq(slos.sli, "workflow-success")));
    if (slo === undefined || slo.spec.deadlineMinutes === null) return 0;
    const overdue = await findOverdue(tx, tenantId, slo.spec.deadlineMinutes * MINUTE_MS, ctx.clock.now());
    return (await countWithin(tx, { ...ctx, tenantId }, overdue)).counted;
  });
}

/** A kill that is not settled by then is late, and stays so. */
const KILL_DEADLINE_MS = 5 * MINUTE_MS;

async function countOverdueKills(ctx: OverdueContext): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - KILL_DEADLINE_MS);
  const late = await withSystem(ctx, "judge-slos", (tx) =>
    tx
      .select({ tenantId: holds.tenantId, id: holds.id })
      .from(holds)
      .where(and(eq(holds.kind, "kill"), isNull(holds.settledAt), lt(holds.setAt, before))),
  );
  let counted = 0;
  for (const { tenantId, id } of late) {
    const fact = { kind: "timed", sli: "incident-path-latency", tookMs: null } as const;
    counted += (await countEvents({ ...ctx, tenantId }, [{ id, at: ctx.clock.now(), fact }])).counted;
  }
  return counted;
}

/**
 * Counts what should have ended as bad, under the id that its end would have: a total outage does not look like no
 * traffic. Of every tenant that has runs under way. May be repeated.
 */
export async function countOverdue(ctx: OverdueContext): Promise<number> {
  const busy = await withSystem(ctx, "judge-slos", (tx) =>
    tx
      .selectDistinct({ tenantId: runCounts.tenantId })
      .from(runCounts)
      .where(or(gt(runCounts.running, 0), gt(runCounts.queued, 0))),
  );
  let counted = await countOverdueKills(ctx);
  for (const { tenantId } of busy) counted += await countOverdueOf(ctx, tenantId);
  return counted;
}
