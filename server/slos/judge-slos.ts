import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sloPasses } from "@/db/schema";
import { type Tx, withSystem } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import { log } from "@/server/platform/log";
import { lastClosed } from "./begin-counting";
import type { Counts } from "./domain/counts";
import { type AlertChange, judgeSlo } from "./domain/judge-slo";
import { periodAt } from "./domain/period";
import type { SloSpec } from "./domain/slo";
import { ensureSlos } from "./ensure-slos";
import { moveWindows } from "./move-windows";
import { settleAlerts } from "./settle-alerts";

export interface JudgeContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
}

interface Row extends Record<string, unknown> {
  tenant_id: string;
  slo_id: string;
  /** JSON: an SloSpec. */
  spec: string;
  /** JSON: name, good and total of each. */
  windows: string;
  on_rules: string[];
  counted_since: string;
  was_last_bad: boolean | null;
}

/** Objectives of which something can change: a bad event in the period, or an alert that is on. All others are well. */
async function findDoubtful(tx: Tx): Promise<Row[]> {
  const { rows } = await tx.execute<Row>(sql`
    select s.tenant_id, s.id as slo_id, s.spec, m.counted_since, w.windows, coalesce(a.on_rules, '{}') as on_rules,
      last.was_last_bad
    from slos s
    join slo_marks m on m.tenant_id = s.tenant_id and m.slo_id = s.id
    join lateral (
      select json_agg(json_build_object('name', name, 'good', good, 'total', total)) as windows,
        bool_or(total > good) as has_bad
      from slo_windows where tenant_id = s.tenant_id and slo_id = s.id
    ) w on true
    left join lateral (
      select array_agg(rule_id) as on_rules from slo_alerts
      where tenant_id = s.tenant_id and slo_id = s.id and closed_at is null
    ) a on true
    left join lateral (
      select good < total as was_last_bad from slo_minutes
      where tenant_id = s.tenant_id and slo_id = s.id and generation = s.generation and minute <= m.watermark
      order by minute desc limit 1
    ) last on w.has_bad
    where w.has_bad or a.on_rules is not null
    order by s.tenant_id, s.id`);
  return rows;
}

function judge(row: Row, closed: Date): AlertChange[] {
  const spec = JSON.parse(row.spec) as SloSpec;
  const kept = JSON.parse(row.windows) as (Counts & { name: string })[];
  const period = periodAt(spec.window, closed);
  const minutesSince = (from: Date) => Math.max(0, Math.round((closed.getTime() - from.getTime()) / 60_000));
  const on = new Set(row.on_rules);
  const windows = new Map<string, Counts>(kept.map(({ name, good, total }) => [name, { good, total }]));
  const verdicts = judgeSlo({
    ...{ spec, windows, on, wasLastBad: row.was_last_bad, periodMinutes: period.minutes },
    countedMinutes: minutesSince(new Date(row.counted_since)),
    elapsedMinutes: minutesSince(period.from),
  });
  return verdicts.filter(({ ruleId, isOn }) => isOn !== on.has(ruleId));
}

/** Tenants whose alerts are written side by side: each waits for the disk, and for nobody else. */
const TOGETHER = 4;

async function settle(ctx: Parameters<typeof settleAlerts>[0], rows: readonly Row[], minute: Date) {
  const changes = rows.flatMap((row) => judge(row, minute).map((change) => ({ ...change, sloId: row.slo_id })));
  return changes.length === 0 ? { opened: [], closed: 0 } : settleAlerts(ctx, changes, minute);
}

/** What a pass came to. */
export interface Pass {
  /** Objectives whose windows were moved. */
  slos: number;
  opened: number;
  closed: number;
  /** Alerts that came on. */
  alerts: readonly { tenantId: string; alertId: string }[];
  /** When what it judged had closed. */
  minute: Date;
}

/**
 * Judges every objective at the close of the last minute: windows move, alerts come on and go off, each with the incident
 * it belongs to, its receipt and its event in one transaction. A tenant that cannot be judged keeps nobody else from it, and fails
 * the pass at its end. May be repeated, and catches up after a pause.
 */
export async function judgeSlos(ctx: JudgeContext): Promise<Pass> {
  const began = performance.now();
  // A tenant that cannot be given its objectives keeps nobody else from being judged.
  const given = await ensureSlos(ctx).then(
    () => null,
    (error: unknown) => error,
  );
  const minute = lastClosed(ctx.clock.now());
  const { moved, doubtful } = await withSystem(ctx, "judge-slos", async (tx) => ({
    moved: await moveWindows(tx, minute),
    doubtful: await findDoubtful(tx),
  }));
  const alerts: { tenantId: string; alertId: string }[] = [];
  let closed = 0;
  const failures: unknown[] = given === null ? [] : [given];
  const changed = [...Map.groupBy(doubtful, ({ tenant_id: tenantId }) => tenantId)];
  for (let place = 0; place < changed.length; place += TOGETHER) {
    const some = changed.slice(place, place + TOGETHER);
    const settled = await Promise.allSettled(
      some.map(([tenantId, rows]) => settle({ ...ctx, tenantId }, rows, minute)),
    );
    for (const [nth, outcome] of settled.entries()) {
      const tenantId = some[nth]?.[0] ?? "";
      if (outcome.status === "rejected") {
        log().error({ err: outcome.reason, of: tenantId }, "judging failed");
        failures.push(outcome.reason);
        continue;
      }
      alerts.push(...outcome.value.opened.map((alertId) => ({ tenantId, alertId })));
      closed += outcome.value.closed;
    }
  }
  const tookMs = Math.round(performance.now() - began);
  await withSystem(ctx, "judge-slos", (tx) =>
    tx.insert(sloPasses).values({ minute, endedAt: ctx.clock.now(), tookMs, slos: moved }).onConflictDoNothing(),
  );
  if (failures.length > 0) throw new AggregateError(failures, `judging failed for ${failures.length}`);
  return { slos: moved, opened: alerts.length, closed, alerts, minute };
}
