import { sql } from "drizzle-orm";
import type { Tx } from "@/db/tenancy";
import { slosOf } from "@/policies/slos";
import { budgetLeft } from "@/server/slos/domain/burn";
import { type Edition, EDITIONS } from "@/server/slos/domain/slo";
import type { Metric, Sample } from "./domain/metrics-text";

interface TotalRow extends Record<string, unknown> {
  edition: string;
  sli: string;
  good: string;
  total: string;
  period_good: string;
  period_total: string;
  pages: string;
  tickets: string;
}

/** Of all tenants of an edition together: by tenant there would be as many series as tenants. */
const totals = sql`
  select split_part(s.sheet, '@', 1) as edition, s.sli,
    coalesce(sum(t.good), 0) as good, coalesce(sum(t.total), 0) as total,
    coalesce(sum(w.good), 0) as period_good, coalesce(sum(w.total), 0) as period_total,
    coalesce(sum(a.pages), 0) as pages, coalesce(sum(a.tickets), 0) as tickets
  from slos s
  left join slo_totals t on t.tenant_id = s.tenant_id and t.slo_id = s.id
  left join slo_windows w on w.tenant_id = s.tenant_id and w.slo_id = s.id and w.name = 'period'
  left join lateral (
    select count(*) filter (where severity = 'page') as pages, count(*) filter (where severity = 'ticket') as tickets
    from slo_alerts where tenant_id = s.tenant_id and slo_id = s.id and closed_at is null
  ) a on true
  group by 1, 2`;

const passes = sql`
  select coalesce(extract(epoch from now() - (select max(minute) from slo_passes)), 0) as age,
    coalesce((select different from slo_passes where different is not null order by minute desc limit 1), 0) as drift`;

/** Every objective of every edition, with what its tenants have; nothing where no tenant has it. */
function byObjective(rows: readonly TotalRow[], samplesOf: (row: TotalRow | undefined, labels: Labels) => Sample[]) {
  return EDITIONS.flatMap((edition) =>
    slosOf(edition).slos.flatMap(({ sli }) =>
      samplesOf(
        rows.find((row) => row.edition === edition && row.sli === sli),
        { edition, slo: sli },
      ),
    ),
  );
}

interface Labels extends Record<string, string> {
  edition: Edition;
  slo: string;
}

function leftOf(row: TotalRow | undefined, { edition, slo }: Labels): number | null {
  const spec = slosOf(edition).slos.find(({ sli }) => sli === slo);
  if (row === undefined || spec === undefined) return null;
  return budgetLeft({ good: Number(row.period_good), total: Number(row.period_total) }, spec);
}

/** How the objectives of the deployment stand, as the rules that `conductor slo compile` writes read it. */
export async function readSloMetrics(tx: Tx): Promise<Metric[]> {
  const { rows } = await tx.execute<TotalRow>(totals);
  const [pass] = (await tx.execute<{ age: string; drift: string }>(passes)).rows;
  return [
    {
      name: "conductor_slo_events_total",
      help: "Events that were counted towards objectives, by edition and whether they were good.",
      type: "counter",
      samples: byObjective(rows, (row, labels) => {
        const [good, total] = [Number(row?.good ?? 0), Number(row?.total ?? 0)];
        return [
          { labels: { ...labels, outcome: "good" }, value: good },
          { labels: { ...labels, outcome: "bad" }, value: total - good },
        ];
      }),
    },
    {
      name: "conductor_slo_budget_remaining_ratio",
      help: "What is left of the error budget of the period, of all tenants of an edition together; below 0 it is overspent.",
      type: "gauge",
      samples: byObjective(rows, (row, labels) => {
        const left = leftOf(row, labels);
        return left === null ? [] : [{ labels, value: left }];
      }),
    },
    {
      name: "conductor_slo_alert_state",
      help: "Alerts of objectives that are on, of all tenants of an edition together.",
      type: "gauge",
      samples: byObjective(rows, (row, labels) => [
        { labels: { ...labels, severity: "page" }, value: Number(row?.pages ?? 0) },
        { labels: { ...labels, severity: "ticket" }, value: Number(row?.tickets ?? 0) },
      ]),
    },
    {
      name: "conductor_slo_watermark_age_seconds",
      help: "For how long the last minute that was judged has been over.",
      type: "gauge",
      samples: [{ labels: {}, value: Number(pass?.age ?? 0) }],
    },
    {
      name: "conductor_slo_reconcile_drift",
      help: "Minutes that the last recount found to differ from their events: should be 0.",
      type: "gauge",
      samples: [{ labels: {}, value: Number(pass?.drift ?? 0) }],
    },
  ];
}
