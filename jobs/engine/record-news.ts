import type { EngineQuery } from "@/db/tenancy";
import type { Json } from "@/server/kernel/json";

export interface News {
  /** Made of what the event is about, so that recording it again does nothing. */
  id: string;
  name: string;
  payload: Json;
}

/**
 * Records events of the executor's own, or of steps. `heard` says which the router has to take: the others are only
 * there for waits that open later and look back.
 */
export async function recordNews(
  query: EngineQuery,
  tenantId: string,
  news: readonly News[],
  heard: (name: string) => boolean = () => true,
): Promise<void> {
  if (news.length === 0) return;
  await query(
    `insert into engine.events (tenant_id, id, name, payload, routed_at)
     select $1, id, name, payload::json,
       case when is_heard or exists (select from engine.waits where match = name) then null else now() end
     from unnest($2::text[], $3::text[], $4::text[], $5::boolean[]) as x(id, name, payload, is_heard)
     on conflict (id) do nothing`,
    [
      tenantId,
      news.map(({ id }) => id),
      news.map(({ name }) => name),
      news.map(({ payload }) => JSON.stringify(payload)),
      news.map(({ name }) => heard(name)),
    ],
  );
}
