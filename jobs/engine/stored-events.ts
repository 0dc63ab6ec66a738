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
