import { and, eq, gt, sql } from "drizzle-orm";
import { type runs, sloMinutes, slos } from "@/db/schema";
import { slosOf } from "@/policies/slos";
import { actorRef } from "@/server/kernel/actor";
import { invalid, must } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import { defineRead, defineWrite, type Scope } from "@/server/verb";
import { beginCounting, countOn } from "./begin-counting";
import { workedMs } from "./count-runs";
import { backtest, type History, type PastAlert } from "./domain/backtest";
import { isReachable } from "./domain/burn";
import { editionOf } from "./domain/edition";
import { countsFor, minuteOf } from "./domain/event";
import { periodAt } from "./domain/period";
import { isSameCounting } from "./domain/same-counting";
import type { SloSpec } from "./domain/slo";
import { loadSlo, loadSloForChange } from "./load-standings";
import { previewSloSchema, setSloSchema, sloSchema } from "./schemas";

const DAY_MS = 86_400_000;
const BACKTEST_DAYS = 30;

/** Runs that a backtest reads at most, newest first. */
const MOST_RUNS = 50_000;

type SloRow = typeof slos.$inferSelect;

interface Asked {
  targetPpm: number;
  thresholdMs?: SloSpec["thresholdMs"] | undefined;
}

const HAS_THRESHOLD = new Set(["workflow-latency", "incident-path-latency", "compliance-path-latency"]);

/** The objective with a change; throws Invalid for one that could never fire an alert, or that it does not have. */
function changed({ spec }: SloRow, { targetPpm, thresholdMs }: Asked, now: Date): SloSpec {
  if (thresholdMs !== undefined && (!HAS_THRESHOLD.has(spec.sli) || typeof thresholdMs !== typeof spec.thresholdMs))
    throw invalid("This objective has no such threshold.", { field: "thresholdMs" });
  const next = { ...spec, targetPpm, thresholdMs: thresholdMs ?? spec.thresholdMs };
  const longest = Math.max(0, ...(typeof thresholdMs === "number" ? [thresholdMs] : Object.values(thresholdMs ?? {})));
  if (spec.deadlineMinutes !== null && longest > spec.deadlineMinutes * 60_000)
    throw invalid(`What has not ended after ${spec.deadlineMinutes} minutes is bad: no threshold may be longer.`, {
      field: "thresholdMs",
    });
  const objective = { targetPpm, periodMinutes: periodAt(spec.window, now).minutes };
  const dead = spec.alerts.filter((rule) => !isReachable(rule, objective));
  if (dead.length > 0)
    throw invalid(
      `At ${targetPpm / 10_000} % no outage would ever fire ${dead.map(({ id }) => id).join(", ")}: the budget is too large for it. Choose a higher target.`,
      { field: "targetPpm", alerts: dead.map(({ id }) => id) },
    );
  return next;
}

/** What was counted, by the minute. */
async function countedHistory({ ctx, tx }: Scope, { id, generation }: SloRow, since: Date): Promise<History> {
  const rows = await tx
    .select()
    .from(sloMinutes)
    .where(
      and(
        eq(sloMinutes.tenantId, ctx.tenantId),
        eq(sloMinutes.sloId, id),
        eq(sloMinutes.generation, generation),
        gt(sloMinutes.minute, since),
      ),
    );
  return new Map(rows.map(({ minute, good, total }) => [minute.getTime(), { good, total }]));
}

/** What would have been counted under another definition: from the runs themselves. */
async function runHistory({ ctx, tx }: Scope, spec: SloSpec, since: Date): Promise<History> {
  const { rows } = await tx.execute<Pick<typeof runs.$inferSelect, "status"> & Record<string, unknown>>(sql`
    select r.status, r.execution_class, r.ended_at, ${workedMs(sql`r.ended_at`)} as worked_ms
    from runs r where r.tenant_id = ${ctx.tenantId} and r.parent_run_id is null
      and r.ended_at > ${since.toISOString()}::timestamptz
    order by r.ended_at desc limit ${MOST_RUNS}`);
  const history = new Map<number, { good: number; total: number }>();
  for (const row of rows) {
    const counts = countsFor(spec, {
      ...{ kind: "run", status: row.status, executionClass: row["execution_class"] as "standard" },
      workedMs: Number(row["worked_ms"]),
    });
    if (counts === null) continue;
    const minute = minuteOf(new Date(row["ended_at"] as string)).getTime();
    const known = history.get(minute) ?? { good: 0, total: 0 };
    history.set(minute, { good: known.good + counts.good, total: known.total + counts.total });
  }
  return history;
}

const told = (alerts: readonly PastAlert[]) => ({
  pages: alerts.filter(({ severity }) => severity === "page").length,
  tickets: alerts.filter(({ severity }) => severity === "ticket").length,
  alerts: alerts.slice(-100).map(({ ruleId, severity, openedAt, closedAt }) => ({
    ...{ ruleId, severity, openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null },
  })),
});

/**
 * What a change of an objective would have sent over the last 30 days, beside what the objective as it is would have: nothing
 * is changed. A change of a run's threshold is counted anew from the runs themselves. Throws Invalid as the change would.
 */
export const previewSlo = defineRead({
  action: "slo.set",
  input: previewSloSchema,
  load: loadSlo,
  read: async (scope, asked, { row }) => {
    const { now } = scope;
    const next = changed(row, asked, now);
    const range = { from: new Date(now.getTime() - BACKTEST_DAYS * DAY_MS), to: now };
    const since = new Date(range.from.getTime() - BACKTEST_DAYS * DAY_MS);
    const isSame = isSameCounting(row.spec, next);
    const isAboutRuns = row.sli === "workflow-latency";
    if (!isSame && !isAboutRuns) {
      const before = backtest(row.spec, await countedHistory(scope, row, since), range);
      return { days: BACKTEST_DAYS, startsAnew: true, before: told(before), after: null };
    }
    const counted = await countedHistory(scope, row, since);
    const after = isSame ? counted : await runHistory(scope, next, since);
    return {
      ...{ days: BACKTEST_DAYS, startsAnew: !isSame },
      before: told(backtest(row.spec, isSame ? counted : await runHistory(scope, row.spec, since), range)),
      after: told(backtest(next, after, range)),
    };
  },
});

async function store(scope: Scope, row: SloRow, spec: SloSpec, rest: { isOwn: boolean; sheet: string }) {
  const { ctx, tx, now } = scope;
  const isSame = isSameCounting(row.spec, spec);
  const generation = isSame ? row.generation : row.generation + 1;
  await tx
    .update(slos)
    .set({ spec, generation, ...rest, changedAt: now, changedBy: actorRef(ctx.actor) })
    .where(and(eq(slos.tenantId, ctx.tenantId), eq(slos.id, row.id)));
  const begun = { tenantId: ctx.tenantId, sloId: row.id, generation, spec };
  await (isSame ? countOn(tx, begun) : beginCounting(tx, begun, now));
  return { sloId: row.id, generation, startsAnew: !isSame };
}

/**
 * Changes the target of an objective, or within which time it is good. Another target is read over what was counted; another
 * threshold begins a new generation. Throws Invalid for a target under which an alert could never fire.
 */
export const setSlo = defineWrite({
  action: "slo.set",
  receipt: "slo.set",
  input: setSloSchema,
  load: loadSloForChange,
  write: async (scope, { reason, ...asked }, { row }) => {
    const next = changed(row, asked, scope.now);
    const value = await store(scope, row, next, { isOwn: true, sheet: row.sheet });
    const shown = ({ targetPpm, thresholdMs }: SloSpec) => ({ targetPpm, thresholdMs });
    return { value, detail: { reason, before: shown(row.spec), after: shown(next), ...value } as unknown as Json };
  },
});

/** Gives an objective back to the sheet of its edition, which changes it from then on. */
export const resetSlo = defineWrite({
  action: "slo.set",
  receipt: "slo.set",
  input: sloSchema,
  load: loadSloForChange,
  write: async (scope, _input, { row }) => {
    const edition = editionOf(scope.ctx.tenant.governanceProfile);
    const { version, slos: specs } = slosOf(edition);
    const spec = must(
      specs.find(({ sli }) => sli === row.sli),
      "every sheet has every objective",
    );
    const sheet = `${edition}@${version}`;
    const value = await store(scope, row, spec, { isOwn: false, sheet });
    return { value, detail: { reset: sheet, ...value } };
  },
});
