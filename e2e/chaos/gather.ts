import pg from "pg";
import type { Database } from "@/db/client";
import type { BlobStore } from "@/server/platform/blob-store";
import type { SigningKey } from "@/server/platform/keys";
import { verifyChains } from "@/server/receipts";
import type { Evidence, FoundRun } from "./evidence";

const RUNS = `
  select r.id, r.input::json ->> 'order' as "order", r.status, r.output::json #>> '{}' as output,
    coalesce((select json_object_agg(step_id, status) from run_steps where run_id = r.id), '{}')::text as steps,
    coalesce((select json_agg(step_id) from usage_ledger where run_id = r.id), '[]')::text as metered,
    (select count(*) from receipts where subject = 'run:' || r.id and action in ('run.finish', 'run.cancel', 'run.kill'))::int
      as "endReceipts",
    (select count(*) from engine.events where name in ('run.finished', 'run.stopped') and payload ->> 'runId' = r.id)::int
      as "endEvents"
  from runs r where r.tenant_id = $1`;

const LEFTOVERS = `
  select 'run ' || id || ' of the executor is ' || status as words from engine.runs
    where function_id like 'conductor-execute-run%' and status in ('queued', 'running')
  union all
  select kind || ' ' || j.dedupe || ' of ' || r.id || ' is still there' from engine.jobs j join engine.runs r on r.id = j.run_id
    where r.function_id like 'conductor-execute-run%'
  union all
  select 'a wait for ' || w.match || ' of ' || r.id || ' is still there' from engine.waits w join engine.runs r on r.id = w.run_id
    where r.function_id like 'conductor-execute-run%'`;

interface Row extends Omit<FoundRun, "steps" | "metered"> {
  order: string;
  steps: string;
  metered: string;
}

export interface Asked {
  ownerUrl: string;
  tenantId: string;
}

async function ask<R extends object>(ownerUrl: string, text: string, values: unknown[] = []): Promise<R[]> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<R>(text, values)).rows;
  } finally {
    // Not waited for: the server may be gone.
    void client.end().catch(() => undefined);
  }
}

const NOT_ENDED = "select count(*) from runs where tenant_id = $1 and ended_at is null";

/** How many runs have not ended, of one tenant or of all. */
export async function countRunning({ ownerUrl, tenantId }: Partial<Asked> & Pick<Asked, "ownerUrl">): Promise<number> {
  const text = "select count(*) from runs where ended_at is null and ($1::text is null or tenant_id = $1)";
  const [open] = await ask<{ count: string }>(ownerUrl, text, [tenantId ?? null]);
  return Number(open?.count);
}

/** How many runs have not ended, and how much the executor still holds. */
export async function countOpen({ ownerUrl, tenantId }: Asked): Promise<number> {
  const [open] = await ask<{ count: number }>(
    ownerUrl,
    `select ((${NOT_ENDED}) + (select count(*) from (${LEFTOVERS}) as left_over))::int as count`,
    [tenantId],
  );
  return open?.count ?? 0;
}

/** What stands in the database at the end. */
export async function gather(
  { ownerUrl, tenantId }: Asked,
  chains: { database: Database; blobs: BlobStore; key: SigningKey },
): Promise<Pick<Evidence, "runs" | "leftovers" | "chainFaults">> {
  const rows = await ask<Row>(ownerUrl, RUNS, [tenantId]);
  const parsed = rows.map(({ order, steps, metered, ...run }) => ({
    order,
    run: {
      ...run,
      steps: JSON.parse(steps) as FoundRun["steps"],
      metered: JSON.parse(metered) as FoundRun["metered"],
    },
  }));
  const byOrder = Map.groupBy(parsed, ({ order }) => order);
  const { faults } = await verifyChains({ ...chains, tenantId });
  return {
    runs: new Map([...byOrder].map(([order, found]) => [order, found.map(({ run }) => run)])),
    leftovers: (await ask<{ words: string }>(ownerUrl, LEFTOVERS)).map(({ words }) => words),
    chainFaults: faults,
  };
}
