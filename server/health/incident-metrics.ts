import { sql } from "drizzle-orm";
import type { Tx } from "@/db/tenancy";
import type { Histogram } from "@/server/kernel/histogram";
import { histogramSamples, type Metric } from "./domain/metrics-text";

/** Seconds: from a message that goes at once to an incident that stays over night. */
const BOUNDS = [1, 2, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400];

const STAGES = ["detect", "page", "ack", "mitigate"] as const;

const HELP: Readonly<Record<(typeof STAGES)[number], string>> = {
  detect: "Seconds from the minute that showed a breach to its incident.",
  page: "Seconds from an incident's opening to the first message about it.",
  ack: "Seconds from an incident's opening until somebody took it on.",
  mitigate: "Seconds from an incident's opening to its first mitigation.",
};

/** Of incidents that are no drill, each stage that it has reached. */
const stages = sql`
  with reached as (
    select extract(epoch from i.opened_at - a.first) as detect, extract(epoch from m.first - i.opened_at) as page,
      extract(epoch from i.acknowledged_at - i.opened_at) as ack, extract(epoch from l.first - i.opened_at) as mitigate
    from incidents i
    left join lateral (select min(opened_at) as first from slo_alerts
      where tenant_id = i.tenant_id and incident_id = i.id) a on true
    left join lateral (select min(sent_at) as first from incident_messages
      where tenant_id = i.tenant_id and incident_id = i.id) m on true
    left join lateral (select min(applied_at) as first from mitigations
      where tenant_id = i.tenant_id and incident_id = i.id) l on true
    where not i.is_drill
  ), told as (
    select stage, seconds from reached, lateral (values ('detect', detect), ('page', page), ('ack', ack), ('mitigate', mitigate))
      as x(stage, seconds) where seconds is not null
  )
  select stage, width_bucket(greatest(seconds, 0), ${sql.param(BOUNDS)}::numeric[]) as bucket, count(*) as times, sum(seconds) as seconds
  from told group by stage, bucket`;

interface Row extends Record<string, unknown> {
  stage: string;
  /** From 0: how many bounds lie at or below it. */
  bucket: number;
  times: string;
  seconds: string;
}

/** How long the deployment's incidents took to each stage. */
export async function readIncidentMetrics(tx: Tx): Promise<Metric[]> {
  const { rows } = await tx.execute<Row>(stages);
  return STAGES.map((stage) => {
    const own = rows.filter((row) => row.stage === stage);
    const histogram: Histogram = {
      bounds: BOUNDS,
      counts: [...BOUNDS, 0].map((_, place) => Number(own.find(({ bucket }) => bucket === place)?.times ?? 0)),
      sum: own.reduce((sum, { seconds }) => sum + Number(seconds), 0),
    };
    return {
      name: `conductor_incident_time_to_${stage}_seconds`,
      help: HELP[stage],
      type: "histogram" as const,
      samples: histogramSamples(histogram, {}),
    };
  });
}
