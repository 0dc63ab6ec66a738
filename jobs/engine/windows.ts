import type { FLOW_CONTROLS } from "@/db/schema";
import type { EngineQuery } from "@/db/tenancy";

/** A rate's use: whose it is, and under which key. */
export interface Window {
  functionId: string;
  tenantId: string;
  control: (typeof FLOW_CONTROLS)[number];
  key: string;
}

/** When the whole rate of each window is there again (milliseconds), by `idOf` of the window. */
export type Windows = Map<string, number>;

export const idOf = ({ functionId, tenantId, control, key }: Window): string =>
  JSON.stringify([functionId, tenantId, control, key]);

const columns = (windows: readonly Window[]) => [
  windows.map(({ functionId }) => functionId),
  windows.map(({ tenantId }) => tenantId),
  windows.map(({ control }) => control),
  windows.map(({ key }) => key),
];

/** Reads windows; those of which nothing is used are missing. The caller keeps others from deciding meanwhile. */
export async function readWindows(query: EngineQuery, windows: readonly Window[]): Promise<Windows> {
  if (windows.length === 0) return new Map();
  const rows = await query<{
    function_id: string;
    tenant_id: string;
    control: Window["control"];
    key: string;
    ms: string;
  }>(
    `select function_id, tenant_id, control, key, ceil(extract(epoch from whole_at) * 1000) as ms
     from engine.flow join (select distinct * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
       as x(function_id, tenant_id, control, key)) wanted using (function_id, tenant_id, control, key)`,
    columns(windows),
  );
  return new Map(
    rows.map(({ function_id: functionId, tenant_id: tenantId, control, key, ms }) => [
      idOf({ functionId, tenantId, control, key }),
      Number(ms),
    ]),
  );
}

/** Writes what was used since it was read; a window that has gone further meanwhile stays there. */
export async function writeWindows(
  query: EngineQuery,
  windows: readonly Window[],
  { before, now }: { before: ReadonlyMap<string, number>; now: ReadonlyMap<string, number> },
): Promise<void> {
  const used = [...new Map(windows.map((window) => [idOf(window), window]))].flatMap(([id, window]) => {
    const at = now.get(id);
    return at === undefined || at === before.get(id) ? [] : [{ window, at }];
  });
  if (used.length === 0) return;
  await query(
    `insert into engine.flow (function_id, tenant_id, control, key, whole_at)
     select function_id, tenant_id, control, key, to_timestamp(ms / 1000.0)
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
       as x(function_id, tenant_id, control, key, ms)
     order by function_id, tenant_id, control, key
     on conflict (function_id, tenant_id, control, key)
       do update set whole_at = greatest(flow.whole_at, excluded.whole_at)`,
    [...columns(used.map(({ window }) => window)), used.map(({ at }) => at)],
  );
}
