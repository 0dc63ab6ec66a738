import type { DomainEvent } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { preparedSql } from "./prepared";
import { sendLast, type Tx } from "./tenancy";

/** Work that belongs to the deployment and to no tenant carries this instead of a tenant id. */
export const SYSTEM_TENANT = "system";

const record = preparedSql(
  "record-events",
  `insert into engine.events (tenant_id, id, name, payload)
   select $1, id, name, payload::json from unnest($2::text[], $3::text[], $4::text[]) as x(id, name, payload)`,
);

/** Records events at the end of the caller's transaction: they exist exactly when its writes do. */
export function recordEvents(tx: Tx, tenantId: string, newId: NewId, happened: readonly DomainEvent[]): void {
  if (happened.length === 0) return;
  const ids = happened.map(() => newId("event"));
  const names = happened.map(({ name }) => name);
  const payloads = happened.map(({ payload }) => JSON.stringify(payload));
  sendLast(tx, () => record(tx, [tenantId, ids, names, payloads]));
}
