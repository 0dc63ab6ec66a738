import type { EngineQuery } from "@/db/tenancy";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { collect, type Gathering, type OpenCollection, type Parcel } from "./collect";
import type { FunctionConfig } from "./config";
import { holds } from "./expressions";
import { keyOfStart } from "./flow-keys";
import type { SdkEvent, Start } from "./start-runs";
import { readEvents } from "./stored-events";

/** Starts of one function and tenant under one key, in the order in which they came. */
interface Group {
  config: FunctionConfig;
  gathering: Gathering;
  tenantId: string;
  key: string;
  arrivals: { event: SdkEvent; text: string }[];
}

/** The key under which a start waits for others; null for one that does not. */
function gatheringKey({ config, event, parent }: Start): string | null {
  const { gathering } = config.flow;
  // An invocation has somebody who waits for its own result.
  if (gathering === null || parent !== undefined) return null;
  if (gathering.control === "batch" && !holds(gathering.condition, { event })) return null;
  return keyOfStart(gathering.key, event);
}

const groupId = (functionId: string, tenantId: string, key: string) => JSON.stringify([functionId, tenantId, key]);

function groupsOf(starts: readonly Start[]): { alone: Start[]; groups: Map<string, Group> } {
  const groups = new Map<string, Group>();
  const alone: Start[] = [];
  for (const start of starts) {
    const { config, tenantId, event } = start;
    const key = gatheringKey(start);
    const { gathering } = config.flow;
    if (key === null || gathering === null) {
      alone.push(start);
      continue;
    }
    const id = groupId(config.id, tenantId, key);
    const group = groups.get(id) ?? { config, gathering, tenantId, key, arrivals: [] };
    group.arrivals.push({ event, text: JSON.stringify(event) });
    groups.set(id, group);
  }
  return { alone, groups };
}

interface Opened extends OpenCollection {
  id: string;
}

async function readOpen(query: EngineQuery, groups: readonly Group[]): Promise<Map<string, Opened>> {
  const rows = await query<{
    id: string;
    function_id: string;
    tenant_id: string;
    key: string;
    control: Gathering["control"];
    opened_ms: string;
    due_ms: string;
    size: number;
    bytes: number;
  }>(
    `select id, function_id, tenant_id, key, control, size, bytes,
       round(extract(epoch from opened_at) * 1000) as opened_ms, round(extract(epoch from due_at) * 1000) as due_ms
     from engine.collections
     join unnest($1::text[], $2::text[], $3::text[]) as x(function_id, tenant_id, key) using (function_id, tenant_id, key)`,
    [groups.map(({ config }) => config.id), groups.map(({ tenantId }) => tenantId), groups.map(({ key }) => key)],
  );
  const controls = new Map(groups.map(({ config, gathering }) => [config.id, gathering.control]));
  return new Map(
    rows.map(({ id, function_id: functionId, tenant_id: tenantId, key, control, opened_ms, due_ms, size, bytes }) => {
      // What an earlier version of the function gathered in its own way starts as it is.
      const dueAt = controls.get(functionId) === control ? Number(due_ms) : -Infinity;
      return [groupId(functionId, tenantId, key), { id, openedAt: Number(opened_ms), dueAt, size, bytes }];
    }),
  );
}

/** Takes collections out of the database: what each of them held, oldest event first. */
export async function takeCollections(query: EngineQuery, ids: readonly string[]): Promise<Map<string, SdkEvent[]>> {
  if (ids.length === 0) return new Map();
  const rows = await query<{ collection_id: string; event: string }>(
    `with taken as (delete from engine.collected where collection_id = any($1) returning collection_id, place, event)
     select collection_id, event from taken order by collection_id, place`,
    [ids],
  );
  await query("delete from engine.collections where id = any($1)", [ids]);
  const events = new Map<string, SdkEvent[]>();
  for (const { collection_id: id, event } of rows) {
    const held = events.get(id) ?? [];
    held.push(...(readEvents(`[${event}]`) ?? []));
    events.set(id, held);
  }
  return events;
}

/** The start of what was gathered. A debounce is the start of its event, so that no second one can follow from it. */
export function gatheredStart(
  config: FunctionConfig,
  tenantId: string,
  control: Gathering["control"],
  collectionId: string,
  events: readonly SdkEvent[],
): Start | null {
  const [event] = events;
  if (event === undefined) return null;
  const triggerKey = control === "debounce" ? event.id : `batch:${collectionId}`;
  return { config, tenantId, triggerKey, event, events };
}

/** A parcel that waits on, and the collection in which it does. */
interface Waiting {
  group: Group;
  parcel: Parcel;
  id: string;
}

async function writeWaiting(query: EngineQuery, waiting: readonly Waiting[]): Promise<void> {
  if (waiting.length === 0) return;
  await query(
    `insert into engine.collections
       (id, tenant_id, function_id, control, key, size, bytes, opened_at, due_at)
     select id, tenant_id, function_id, control, key, size, bytes,
       to_timestamp(opened_ms / 1000.0), to_timestamp(due_ms / 1000.0)
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::bigint[], $9::bigint[])
       as x(id, tenant_id, function_id, control, key, size, bytes, opened_ms, due_ms)
     on conflict (id) do update set size = excluded.size, bytes = excluded.bytes, due_at = excluded.due_at`,
    [
      waiting.map(({ id }) => id),
      waiting.map(({ group }) => group.tenantId),
      waiting.map(({ group }) => group.config.id),
      waiting.map(({ group }) => group.gathering.control),
      waiting.map(({ group }) => group.key),
      waiting.map(({ parcel }) => parcel.size),
      waiting.map(({ parcel }) => parcel.bytes),
      waiting.map(({ parcel }) => parcel.openedAt),
      waiting.map(({ parcel }) => parcel.dueAt),
    ],
  );
  const rows = waiting.flatMap(({ id, group, parcel }) =>
    group.arrivals.slice(parcel.from, parcel.to).map(({ text }, index, { length }) => ({
      ...{ id, tenantId: group.tenantId, text },
      place: parcel.size - length + index,
    })),
  );
  await query(
    `insert into engine.collected (collection_id, tenant_id, place, event)
     select collection_id, tenant_id, place, event
     from unnest($1::text[], $2::text[], $3::int[], $4::json[]) as x(collection_id, tenant_id, place, event)
     on conflict (collection_id, place) do update set event = excluded.event`,
    [
      rows.map(({ id }) => id),
      rows.map(({ tenantId }) => tenantId),
      rows.map(({ place }) => place),
      rows.map(({ text }) => text),
    ],
  );
}

/** What gathering came to. */
export interface Gathered {
  /** What starts now: what does not wait for others, and collections that are full or over. */
  starts: Start[];
  /** True when something waits for its time. */
  isWaiting: boolean;
}

/**
 * Lets starts of functions that debounce or batch wait for others of their key. The caller holds the lock of flow
 * control, so that a collection is open once.
 */
export async function gatherStarts(query: EngineQuery, starts: readonly Start[], now: number): Promise<Gathered> {
  const { alone, groups } = groupsOf(starts);
  if (groups.size === 0) return { starts: [...starts], isWaiting: false };
  const open = await readOpen(query, [...groups.values()]);
  const parcels = [...groups].flatMap(([id, group]) => {
    const before = open.get(id) ?? null;
    const sizes = group.arrivals.map(({ text }) => Buffer.byteLength(text));
    return collect(group.gathering, before, sizes, now).map((parcel) => ({
      group,
      parcel,
      id: parcel.takesOpen ? must(before, "a parcel takes what is open").id : newId("execution"),
    }));
  });
  const done = parcels.filter(({ parcel }) => parcel.isDone);
  const taken = await takeCollections(
    query,
    done.filter(({ parcel }) => parcel.takesOpen).map(({ id }) => id),
  );
  const begun = done.map(({ group, parcel, id }) => {
    const arrived = group.arrivals.slice(parcel.from, parcel.to).map(({ event }) => event);
    const events = [...(taken.get(id) ?? []), ...arrived];
    return gatheredStart(group.config, group.tenantId, group.gathering.control, id, events);
  });
  const waiting = parcels.filter(({ parcel }) => !parcel.isDone);
  await writeWaiting(query, waiting);
  return { starts: [...alone, ...begun.filter((start) => start !== null)], isWaiting: waiting.length > 0 };
}
