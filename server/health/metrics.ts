import { gt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { billingLooks, processes, runCounts } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import { DIFFERENCE_KINDS, type DifferenceKind } from "@/server/billing/domain/difference";
import { hasNoPlace } from "@/server/quotas";
import { QUOTAS } from "@/server/quotas/domain/quota";
import { EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";
import { histogramSamples, type Metric, type Sample } from "./domain/metrics-text";
import { readIncidentMetrics } from "./incident-metrics";
import { readSloMetrics } from "./slo-metrics";

interface ClassRow extends Record<string, unknown> {
  execution_class: string;
  running: string;
  pause: string;
  place: string;
  worker: string;
}

/** Of all tenants together: by tenant there would be as many series as tenants. */
const byClass = sql`
  with counted as (select *, ${hasNoPlace(runCounts.tenantId)} as is_full from run_counts)
  select execution_class, sum(running) as running, sum(paused) as pause,
    coalesce(sum(queued - paused) filter (where is_full), 0) as place,
    coalesce(sum(queued - paused) filter (where not is_full), 0) as worker
  from counted group by execution_class`;

const reached = sql`select quota, count(*) as times from quota_episodes group by quota`;

const due = sql`
  select count(*) as calls, coalesce(extract(epoch from now() - min(run_at)), 0) as oldest
  from engine.jobs where kind = 'call' and lease_until is null and run_at <= now()`;

function runMetrics(rows: readonly ClassRow[]): Metric[] {
  const of = (name: string) => rows.find((row) => row.execution_class === name);
  const queued = EXECUTION_CLASSES.flatMap((word): Sample[] =>
    (["pause", "place", "worker"] as const).map((reason) => ({
      labels: { class: word, reason },
      value: Number(of(word)?.[reason] ?? 0),
    })),
  );
  const running = EXECUTION_CLASSES.map((word) => ({ labels: { class: word }, value: Number(of(word)?.running ?? 0) }));
  return [
    {
      name: "conductor_runs_queued",
      help: "Runs that have not begun, by what they wait for: a pause, a place of their tenant, or a worker.",
      type: "gauge",
      samples: queued,
    },
    {
      name: "conductor_runs_running",
      help: "Runs that have begun and not ended, those that rest included.",
      type: "gauge",
      samples: running,
    },
  ];
}

type LookRow = Pick<typeof billingLooks.$inferSelect, "found" | "open">;

/** What should be the same at the seller and here: all of it should say 0. */
function billingMetrics(looks: readonly LookRow[]): Metric[] {
  const byKind = (count: (look: LookRow, kind: DifferenceKind) => number) =>
    DIFFERENCE_KINDS.map((kind) => ({
      labels: { kind },
      value: looks.reduce((sum, look) => sum + count(look, kind), 0),
    }));
  return [
    {
      name: "conductor_billing_drift_total",
      help: "Differences between the seller and this deployment that were found so far, repaired ones too.",
      type: "counter",
      samples: byKind(({ found }, kind) => found[kind] ?? 0),
    },
    {
      name: "conductor_billing_drift_open",
      help: "Of those that the last looks found, the ones that a person is to see to.",
      type: "gauge",
      samples: byKind(({ open }, kind) => open.filter((each) => each.kind === kind).length),
    },
  ];
}

/** Processes tell of their decisions every few seconds; each has series of its own, which end with it. */
const serving = gt(processes.seenAt, sql`now() - interval '1 minute'`);

/** What a monitoring system asks about the deployment, in numbers that belong to no one tenant. */
export function readMetrics(database: Database): Promise<Metric[]> {
  return withSystem({ database }, "metrics", async (tx) => {
    const classes = (await tx.execute<ClassRow>(byClass)).rows;
    const quotas = (await tx.execute<{ quota: string; times: string }>(reached)).rows;
    const [engine] = (await tx.execute<{ calls: string; oldest: string }>(due)).rows;
    const looks = await tx.select({ found: billingLooks.found, open: billingLooks.open }).from(billingLooks);
    const seen = await tx.select().from(processes).where(serving).orderBy(processes.id);
    const plain = (value: string | undefined): Sample[] => [{ labels: {}, value: Number(value ?? 0) }];
    return [
      ...runMetrics(classes),
      ...billingMetrics(looks),
      ...(await readSloMetrics(tx)),
      ...(await readIncidentMetrics(tx)),
      {
        name: "conductor_quota_reached_total",
        help: "Times that a tenant has come to a quota; however often it is met until it is not, that is once.",
        type: "counter",
        samples: QUOTAS.map((quota) => ({
          labels: { quota },
          value: Number(quotas.find((row) => row.quota === quota)?.times ?? 0),
        })),
      },
      {
        name: "conductor_engine_calls_due",
        help: "Calls of the executor that are due and nobody has.",
        type: "gauge",
        samples: plain(engine?.calls),
      },
      {
        name: "conductor_engine_oldest_due_seconds",
        help: "For how long the oldest of them has been due.",
        type: "gauge",
        samples: plain(engine?.oldest),
      },
      {
        name: "conductor_policy_decision_seconds",
        help: "How long decisions of policy took, by process.",
        type: "histogram",
        samples: seen.flatMap(({ kind, host, pid, decisionTimes }) =>
          histogramSamples(decisionTimes, { process: `${kind}:${host}:${pid}` }),
        ),
      },
    ];
  });
}
