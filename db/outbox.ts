import type { DomainEvent } from "@/server/kernel/event";
import type { Json } from "@/server/kernel/json";
import type { NewId } from "@/server/kernel/ids";
import { events } from "./schema";
import type { Tx } from "./tenancy";

/** Work that belongs to the deployment and to no tenant carries this instead of a tenant id. */
export const SYSTEM_TENANT = "system";

/** Records events in the caller's transaction: they exist exactly when its writes do. */
export async function recordEvents(
  tx: Tx,
  tenantId: string,
  newId: NewId,
  happened: readonly DomainEvent[],
): Promise<void> {
  if (happened.length === 0) return;
  await tx
    .insert(events)
    .values(happened.map(({ name, payload }) => ({ tenantId, id: newId("event"), name, payload: payload as Json })));
}
