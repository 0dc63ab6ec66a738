import { and, eq, gt, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { accessReviews, holds, runCounts, slos } from "@/db/schema";
import { type Tx, withSystem, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import type { Clock } from "@/server/kernel/clock";
import { eachOnItsOwn } from "@/server/platform/each-on-its-own";
import { hasNoPlace } from "@/server/quotas";
import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import { countWithin } from "./count-events";
import { workedMs } from "./count-runs";
import type { SloEvent, TimedFact } from "./domain/event";
import type { Sli } from "./domain/sli";

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
 * Whether the run may have been held back for a part of that time: by a pause that was lifted since, an approval of its start, or a
 * throttle. Then its wait says nothing about the workers.
 */
const heldBackSince = (moment: SQL) => sql`(
  exists (select from holds h where h.tenant_id = r.tenant_id and h.lifted_at > ${moment})
  or exists (select from approvals a where a.tenant_id = r.tenant_id and a.run_id = r.id)
  or exists (select from mitigations m where m.tenant_id = r.tenant_id and m.kind = 'throttle'
    and (m.ended_at is null or m.ended_at > ${moment})))`;

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
        and not ${hasNoPlace(sql`r.tenant_id`)} and not ${heldBackSince(before)})
    ) and not exists (
      select from slo_events e join slos s on s.tenant_id = e.tenant_id and s.id = e.slo_id and s.sli = 'workflow-success'
      where e.tenant_id = r.tenant_id and e.event_id = r.id)
    order by r.id limit 1000`);
  return rows.map(({ id, execution_class: executionClass }) => ({
    ...{ id, at: now },
    fact: { kind: "run", status: "failed", executionClass, workedMs: deadlineMs },
  }));
}

/** Milliseconds after which what has not ended counts as bad, as the tenant's objective says; null where it says nothing. */
async function deadlineOf(tx: Tx, tenantId: string, sli: Sli): Promise<number | null> {
  const [slo] = await tx
    .select({ spec: slos.spec })
    .from(slos)
    .where(and(eq(slos.tenantId, tenantId), eq(slos.sli, sli)));
  return slo?.spec.deadlineMinutes == null ? null : slo.spec.deadlineMinutes * MINUTE_MS;
}

const countOverdueRuns = (ctx: OverdueContext, tenantId: string): Promise<number> =>
  withTenant({ ...ctx, tenantId }, async (tx) => {
    const deadlineMs = await deadlineOf(tx, tenantId, "workflow-success");
    if (deadlineMs === null) return 0;
    const overdue = await findOverdue(tx, tenantId, deadlineMs, ctx.clock.now());
    return (await countWithin(tx, { ...ctx, tenantId }, overdue)).counted;
  });

/** Something that was asked for and has not come to pass: a kill that still ends runs, evidence that is not sealed. */
interface Pending {
  tenantId: string;
  id: string;
  sli: TimedFact["sli"];
  askedAt: Date;
}

async function findPending(ctx: OverdueContext): Promise<Pending[]> {
  return withSystem(ctx, "judge-slos", async (tx) => {
    const kills = await tx
      .select({ tenantId: holds.tenantId, id: holds.id, askedAt: holds.setAt })
      .from(holds)
      .where(and(eq(holds.kind, "kill"), isNull(holds.settledAt)));
    // Its record is in the database until the blob store has it.
    const evidence = await tx
      .select({ tenantId: accessReviews.tenantId, id: accessReviews.id, askedAt: accessReviews.closedAt })
      .from(accessReviews)
      .where(and(isNotNull(accessReviews.closedAt), isNotNull(accessReviews.evidence)));
    return [
      ...kills.map((kill) => ({ ...kill, sli: "incident-path-latency" as const })),
      ...evidence.flatMap(({ askedAt, ...review }) =>
        askedAt === null ? [] : [{ ...review, askedAt, sli: "compliance-path-latency" as const }],
      ),
    ];
  });
}

const countPending = (ctx: OverdueContext, { tenantId, id, sli, askedAt }: Pending): Promise<number> =>
  withTenant({ ...ctx, tenantId }, async (tx) => {
    const deadlineMs = await deadlineOf(tx, tenantId, sli);
    const now = ctx.clock.now();
    if (deadlineMs === null || now.getTime() - askedAt.getTime() < deadlineMs) return 0;
    const late: SloEvent = { id, at: now, fact: { kind: "timed", sli, tookMs: null } };
    return (await countWithin(tx, { ...ctx, tenantId }, [late])).counted;
  });

/**
 * Counts what should have ended as bad, under the id that its end would have: a total outage does not look like no
 * traffic. Of every tenant that has something under way. May be repeated.
 */
export async function countOverdue(ctx: OverdueContext): Promise<number> {
  const busy = await withSystem(ctx, "judge-slos", (tx) =>
    tx
      .selectDistinct({ tenantId: runCounts.tenantId })
      .from(runCounts)
      .where(or(gt(runCounts.running, 0), gt(runCounts.queued, 0))),
  );
  let counted = 0;
  const told = { what: "counting what is overdue", nameOf: ({ tenantId }: { tenantId: string }) => tenantId };
  await eachOnItsOwn(
    [
      ...(await findPending(ctx)).map((pending) => ({ ...pending, count: () => countPending(ctx, pending) })),
      ...busy.map(({ tenantId }) => ({ tenantId, count: () => countOverdueRuns(ctx, tenantId) })),
    ],
    async ({ count }) => {
      counted += await count();
    },
    told,
  );
  return counted;
}
