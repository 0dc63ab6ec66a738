import { admitGathered, lockFlow } from "./admit-starts";
import { type Engine, lazily } from "./engine";
import type { Gathering } from "./collect";
import { gatheredStart, takeCollections } from "./gather-starts";
import { startRuns } from "./start-runs";

/** Collections per transaction: each may hold a batch of 10 MiB. */
const BATCH = 20;

interface Due extends Record<string, unknown> {
  id: string;
  function_id: string;
  tenant_id: string;
  control: Gathering["control"];
}

/** Starts what has waited for others long enough: debounced events, and batches that did not fill. Returns how many. */
export async function fireCollections(engine: Engine): Promise<number> {
  return lazily(engine, async (query, last) => {
    const now = await lockFlow(query);
    const due = await query<Due>(
      `select id, function_id, tenant_id, control from engine.collections
       where due_at <= engine.clock() and function_id = any($1) order by due_at, id limit ${BATCH}`,
      [[...engine.configs.keys()]],
    );
    const events = await takeCollections(
      query,
      due.map(({ id }) => id),
    );
    const starts = due.map(({ id, function_id: functionId, tenant_id: tenantId, control }) => {
      const config = engine.configs.get(functionId);
      return config === undefined ? null : gatheredStart(config, tenantId, control, id, events.get(id) ?? []);
    });
    const admitted = await admitGathered(
      engine,
      query,
      starts.filter((start) => start !== null),
      now,
    );
    void startRuns(last, admitted.starts);
    return due.length;
  });
}
