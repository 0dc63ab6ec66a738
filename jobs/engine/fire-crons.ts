import { SYSTEM_TENANT } from "@/db/outbox";
import { admitStarts } from "./admit-starts";
import { nextSlot } from "./config";
import { type Engine, lazily } from "./engine";
import { type Start, startRuns } from "./start-runs";

interface Slot extends Record<string, unknown> {
  function_id: string;
  expression: string;
  next_at: Date;
  now: Date;
}

/** Plans the first slot of every schedule that has none yet, and forgets those that no function has any more. */
export async function planCrons(engine: Engine): Promise<void> {
  const wanted = [...engine.configs.values()].flatMap((config) =>
    config.crons.map((expression) => ({ function_id: config.id, expression })),
  );
  await lazily(engine, async (query) => {
    const [clock] = await query<{ now: Date }>("select engine.clock() as now");
    const rows = wanted.map((row) => ({
      ...row,
      next_at: nextSlot(row.expression, clock?.now ?? new Date()) ?? "infinity",
    }));
    await query(
      `with wanted as (
         select * from json_to_recordset($1::json) as x(function_id text, expression text, next_at timestamptz)
       ), gone as (
         delete from engine.cron where function_id = any($2)
           and (function_id, expression) not in (select function_id, expression from wanted)
       )
       insert into engine.cron (function_id, expression, next_at)
       select function_id, expression, next_at from wanted on conflict do nothing`,
      [JSON.stringify(rows), [...engine.configs.keys()]],
    );
  });
}

/**
 * Starts the functions whose slot has come. Slots that passed while nobody was there are skipped but for the last
 * planned one; a slot starts its function once, whoever fires it. Returns how many fired.
 */
export async function fireCrons(engine: Engine): Promise<number> {
  return lazily(engine, async (query) => {
    const due = await query<Slot>(
      `select function_id, expression, next_at, engine.clock() as now from engine.cron
       where next_at <= engine.clock() and function_id = any($1) for update skip locked`,
      [[...engine.configs.keys()]],
    );
    const starts: Start[] = [];
    for (const { function_id: functionId, expression, next_at: slot, now } of due) {
      const config = engine.configs.get(functionId);
      if (config === undefined) continue;
      const triggerKey = `cron:${expression}:${slot.toISOString()}`;
      const data = { cron: expression };
      const event = { id: `${functionId}:${triggerKey}`, name: "inngest/scheduled.timer", data, ts: slot.getTime() };
      starts.push({ config, tenantId: SYSTEM_TENANT, triggerKey, event });
      await query("update engine.cron set next_at = $3 where function_id = $1 and expression = $2", [
        functionId,
        expression,
        nextSlot(expression, now) ?? "infinity",
      ]);
    }
    await startRuns(query, (await admitStarts(engine, query, starts)).starts);
    return due.length;
  });
}
