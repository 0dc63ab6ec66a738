import type { EventSettings, ScheduleSettings, WebhookSettings } from "@/server/triggers/domain/kinds";

interface Common {
  id: string;
  name: string;
  isEnabled: boolean;
  actsAs: string;
  source: { id: string; slug: string } | null;
  nextAt: string | null;
  previousValidUntil: string | null;
  lastFired: { at: string; runId: string } | null;
  lastRefused: { at: string; message: string } | null;
}

export type WebhookRow = Common & { kind: "webhook"; settings: WebhookSettings };
export type ScheduleRow = Common & { kind: "schedule"; settings: ScheduleSettings };
export type EventRow = Common & { kind: "event"; settings: EventSettings };

/** A trigger as its workflow's page shows it: all but its signing secret. */
export type TriggerRow = WebhookRow | ScheduleRow | EventRow;

/** What the dialogs of triggers need to know of where they stand. */
export interface TriggerPlace {
  workflowId: string;
  /** Where the addresses of webhooks begin. */
  hooksUrl: string;
  /** The reader's time zone. */
  zone: string;
  /** Workflows whose finished runs may start this one. */
  sources: { id: string; name: string }[];
}

/** What fires a trigger, in a few words. */
export function whatFires(row: TriggerRow, hooksUrl: string): string {
  if (row.kind === "webhook") return `${hooksUrl}/${row.id}`;
  if (row.kind === "schedule") return `${row.settings.cron} in ${row.settings.zone}`;
  const { event, statuses, condition } = row.settings;
  const of = row.source === null ? "" : ` of ${row.source.slug}`;
  const ended = statuses.length === 0 ? "" : `, ${statuses.join(" or ")}`;
  return `${event}${of}${ended}${condition === null ? "" : `, if ${condition}`}`;
}
