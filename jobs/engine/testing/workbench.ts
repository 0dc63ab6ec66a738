import { createHash } from "node:crypto";
import type { Inngest, InngestFunction } from "inngest";
import pg from "pg";
import { recordEvents } from "@/db/outbox";
import { withTenant } from "@/db/tenancy";
import type { TestDatabase } from "@/db/testing/test-database";
import { newId } from "@/server/kernel/ids";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { bootEngine } from "../boot";
import type { Engine, EngineClock, Tuning } from "../engine";

/** A client of the embedded kind that says nothing. */
export const quietClient = (): Inngest.Any => createEmbeddedClient(createLogger("silent"));

/** The id under which the protocol knows a step of this name. */
export const hashOf = (stepName: string): string => createHash("sha1").update(stepName).digest("hex");

export interface RunRow {
  id: string;
  function_id: string;
  status: string;
  result: unknown;
  error: { name: string; message: string } | null;
  stack: string[];
  trigger_key: string;
  tenant_id: string;
}

export interface Workbench {
  /** A tenant's id; nothing but its events need exist. */
  readonly tenantId: string;
  /** An executor over these functions, with a clock that all executors of this bench share. */
  engine(client: Inngest.Any, functions: InngestFunction.Any[], tuning?: Partial<Tuning>): Promise<Engine>;
  /** Moves the clock of every executor of this bench. */
  advance(ms: number): void;
  /** Records an event as a verb does, in a transaction of the app role. */
  publish(name: string, payload: Record<string, unknown>, tenantId?: string): Promise<void>;
  /** Asks as the database's owner. */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  runs(functionId?: string): Promise<RunRow[]>;
}

/** Everything a test of the executor needs; tests of one file share a database, so each makes functions of its own. */
export function workbench(db: TestDatabase): Workbench {
  const clock: EngineClock = { shiftMs: 0 };
  const tenantId = newId("tenant");
  const query = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: db.ownerUrl });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    tenantId,
    engine: (client, functions, tuning = {}) =>
      bootEngine({ database: db.database, client, functions, tuning, clock, random: () => 0 }),
    advance: (ms) => {
      clock.shiftMs += ms;
    },
    publish: (name, payload, tenant = tenantId) =>
      withTenant({ database: db.database, tenantId: tenant }, async (tx) =>
        recordEvents(tx, tenant, newId, [{ name, payload }]),
      ),
    query,
    runs: async (functionId) => {
      const rows = await query<RunRow & { result: string | null; error: string | null }>(
        `select id, function_id, status, result, error, stack, trigger_key, tenant_id from engine.runs
         where $1::text is null or function_id = $1 order by created_at, id`,
        [functionId ?? null],
      );
      const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
      return rows.map((row) => ({ ...row, result: parse(row.result), error: parse(row.error) as RunRow["error"] }));
    },
  };
}
