import { sql } from "drizzle-orm";
import { type Tx, withTenant } from "@/db/tenancy";
import { isFinal, type RunStatus, WAITING_TYPES } from "@/server/runs/domain/status";
import type { ExecutionClass } from "@/server/workflows/domain/execution-class";
import { type CountContext, type Counted, countWithin } from "./count-events";
import type { SloEvent } from "./domain/event";

interface RunRow extends Record<string, unknown> {
  id: string;
  status: RunStatus;
  execution_class: ExecutionClass;
  ended_at: Date;
  worked_ms: string;
}

const words = (list: readonly string[]) => sql.raw(list.map((word) => `'${word}'`).join(", "));

/**
 * From the first step of a run to its end, less what it only waited for: milliseconds. Waits that lie side by side are
 * counted once.
 */
export const workedMs = (until: ReturnType<typeof sql>) => sql`
  extract(epoch from ${until} - coalesce(r.started_at, ${until})) * 1000 - coalesce((
    select sum(extract(epoch from upper(rest) - lower(rest))) * 1000
    from unnest((
      select range_agg(tstzrange(s.started_at, least(coalesce(s.ended_at, ${until}), ${until})))
      from run_steps s
      where s.tenant_id = r.tenant_id and s.run_id = r.id and s.reused_from is null
        and s.type in (${words(WAITING_TYPES)}) and s.started_at < ${until}
    )) as rest), 0)`;

/** Runs that somebody started, and not a run: a call is a part of the one that called, whose end tells of both. */
async function loadEnded(tx: Tx, tenantId: string, runIds: readonly string[]): Promise<SloEvent[]> {
  const { rows } = await tx.execute<RunRow>(sql`
    select r.id, r.status, r.execution_class, r.ended_at, ${workedMs(sql`r.ended_at`)} as worked_ms
    from runs r
    where r.tenant_id = ${tenantId} and r.id = any(${sql.param([...runIds])}::text[])
      and r.ended_at is not null and r.parent_run_id is null`);
  return rows
    .filter(({ status }) => isFinal(status))
    .map(({ id, status, execution_class: executionClass, ended_at, worked_ms }) => ({
      id,
      at: new Date(ended_at),
      fact: { kind: "run", status, executionClass, workedMs: Number(worked_ms) },
    }));
}

/** Counts runs of a tenant that have ended towards its objectives, each once. Runs that were stopped count on neither side. */
export const countRuns = (ctx: CountContext, runIds: readonly string[]): Promise<Counted> =>
  withTenant(ctx, async (tx) => countWithin(tx, ctx, await loadEnded(tx, ctx.tenantId, runIds)));
