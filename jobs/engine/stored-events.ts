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

/** The event that started a run, as its row holds it; null when that is none, so that one bad row stops no other. */
export function readTrigger(stored: string): SdkEvent | null {
  const events: unknown = JSON.parse(stored);
  return triggerSchema.safeParse(Array.isArray(events) ? events[0] : null).data ?? null;
}
