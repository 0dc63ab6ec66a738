import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { type Asked, onGround } from "./ground";
import type { ChaosReport } from "./report";

const WORKERS = 2;
const LOOK_MS = 200;
/** Of a hundred statements that write, so many are lost to a race that never was. */
const LOST_OF_HUNDRED = 5;
const TABLES = ["runs", "run_steps", "receipts", "usage_ledger", "engine.events", "engine.jobs", "engine.runs"];

/** In each statement that writes to one of these tables a serialization failure, a deadlock or a cancelled statement may be. */
const TRIGGERS = `
  create sequence chaos_lost;
  create function chaos_lose() returns trigger language plpgsql security definer as $$
  begin
    if random() * 100 < ${LOST_OF_HUNDRED} then
      perform nextval('chaos_lost');
      raise exception 'lost on purpose' using errcode =
        (array['40001', '40P01', '57014'])[1 + floor(random() * 3)::int];
    end if;
    return null;
  end $$;
  ${TABLES.map((table) => `create trigger chaos_lose before insert or update or delete on ${table} for each statement execute function chaos_lose();`).join("\n")}`;

async function ask<R extends object>(ownerUrl: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const result = (await client.query<R>(text)) as unknown as pg.QueryResult<R> | pg.QueryResult<R>[];
    return Array.isArray(result) ? [] : result.rows;
  } finally {
    await client.end();
  }
}

/**
 * Loses one in twenty writing statements to a serialization failure, a deadlock or a timeout, until `count` runs were
 * accepted: what is tried again has its effect once, and whoever asked hears that it was done, or one clear refusal.
 */
export const run = ({ count, seed, say }: Asked): Promise<ChaosReport> =>
  onGround({ name: "conflicts", workers: WORKERS, isHostile: false, seed, say }, async ({ scene, openDesk, judge }) => {
    await ask(scene.ownerUrl, TRIGGERS);
    const desk = openDesk();
    while (desk.accepted.length < count) await setTimeout(LOOK_MS);
    const { evidence: _evidence, figures, ...report } = await judge(desk);
    const [lost] = await ask<{ count: number }>(scene.ownerUrl, "select last_value::int as count from chaos_lost");
    return {
      ...report,
      figures: { lost: { value: lost?.count ?? 0, unit: "statements lost on purpose" }, ...figures },
    };
  });
