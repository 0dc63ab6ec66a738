import type { Json } from "@/server/kernel/json";

/** How a workflow may be started by something else than a person or a program with a key. */
export const TRIGGER_KINDS = ["webhook", "schedule", "event"] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];

/** Where a fire stands: it waits to start its run, it did, or it was refused for good. */
export const FIRE_STATUSES = ["pending", "started", "refused"] as const;
export type FireStatus = (typeof FIRE_STATUSES)[number];

/** What becomes of slots that passed while nobody was there: none is made up for, or the last one is. */
export const CATCH_UPS = ["skip", "latest"] as const;
export type CatchUp = (typeof CATCH_UPS)[number];

/** The event that says that a run has come to its end by itself, and the ends it may have come to. */
export const RUN_FINISHED = "run.finished";
export const FINISHED_STATUSES = ["succeeded", "failed"] as const;

export interface WebhookSettings {
  /** JSONata over `body` that gives the input; null: fields of the input's names are taken from the body. */
  expression: string | null;
}

export interface ScheduleSettings {
  /** Five fields: minute, hour, day of month, month, day of week. */
  cron: string;
  /** IANA time zone. */
  zone: string;
  catchUp: CatchUp;
  input: Readonly<Record<string, Json>>;
}

export interface EventSettings {
  event: string;
  /** Ends of the source workflow's runs that count; of `run.finished` only. */
  statuses: readonly (typeof FINISHED_STATUSES)[number][];
  /** CEL over `event`; null: every such event starts a run. */
  condition: string | null;
  /** JSONata over `event` that gives the input; null: fields of the input's names are taken from `event.data`. */
  expression: string | null;
}

export type TriggerSettings = WebhookSettings | ScheduleSettings | EventSettings;

/** Most triggers of one kind that a tenant may have. */
export const TRIGGERS_MAX = 100;
