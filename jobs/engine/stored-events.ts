import { z } from "zod";
import type { Json } from "@/server/kernel/json";
import type { SdkEvent } from "./start-runs";

/** A row of the outbox as the driver gives it. */
export interface StoredEvent extends Record<string, unknown> {
  id: string;
  tenant_id: string;
  name: string;
  payload: string;
  received_at: Date;
}

/** An outbox row as functions and expressions see it. */
export function readEvent(row: StoredEvent): SdkEvent {
  return { id: row.id, name: row.name, data: JSON.parse(row.payload) as Json, ts: row.received_at.getTime() };
}

const triggerSchema: z.ZodType<SdkEvent> = z.looseObject({
  id: z.string(),
  name: z.string(),
  data: z.custom<Json>((value) => value !== undefined),
  ts: z.number(),
});

/** The events that started a run, as its row holds them; null when they are none, so that one bad row stops no other. */
export function readEvents(stored: string): SdkEvent[] | null {
  const events: unknown = JSON.parse(stored);
  const read = z.array(triggerSchema).min(1).safeParse(events);
  return read.data ?? null;
}

/** The event that started a run, the first of those of a batch. */
export const readTrigger = (stored: string): SdkEvent | null => readEvents(stored)?.[0] ?? null;
