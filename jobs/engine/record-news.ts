import type { EngineQuery } from "@/db/tenancy";
import type { Json } from "@/server/kernel/json";

export interface News {
  /** Made of what the event is about, so that recording it again does nothing. */
  id: string;
  name: string;
  payload: Json;
}

/** Records events of the executor's own, or of steps, for the router to take like any other. */
export async function recordNews(query: EngineQuery, tenantId: string, news: readonly News[]): Promise<void> {
  if (news.length === 0) return;
  await query(
    `insert into engine.events (tenant_id, id, name, payload)
     select $1, id, name, payload::json from unnest($2::text[], $3::text[], $4::text[]) as x(id, name, payload)
     on conflict (id) do nothing`,
    [
      tenantId,
      news.map(({ id }) => id),
      news.map(({ name }) => name),
      news.map(({ payload }) => JSON.stringify(payload)),
    ],
  );
}
