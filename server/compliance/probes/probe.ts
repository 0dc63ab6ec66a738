import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/tenancy";
import type { Json } from "@/server/kernel/json";
import type { ProbeOutcome } from "../domain/found";

export interface ProbeScope {
  /** Inside the tenant's walls, as the role under which the product works. */
  tx: Tx;
  tenantId: string;
  now: Date;
}

export interface Found {
  outcome: ProbeOutcome;
  /** In one sentence. */
  reason: string;
  facts: Json;
}

/** Looks whether a control holds. What it cannot tell is unknown; one that throws is taken for that too. */
export type Probe = (scope: ProbeScope) => Promise<Found>;

export const pass = (reason: string, facts: Json = {}): Found => ({ outcome: "pass", reason, facts });
export const fail = (reason: string, facts: Json = {}): Found => ({ outcome: "fail", reason, facts });
export const unknown = (reason: string, facts: Json = {}): Found => ({ outcome: "unknown", reason, facts });

/** Things that break a rule are named up to this many. */
const NAMED = 20;

/** Asks for rows inside the tenant. */
export async function ask<Row extends Record<string, unknown>>({ tx }: ProbeScope, query: SQL): Promise<Row[]> {
  const { rows } = await tx.execute(query);
  return rows as Row[];
}

/** A probe of a rule that nothing may break: `query` gives the id of each that does. */
export const noneBreaks =
  (query: (scope: ProbeScope) => SQL, words: { holds: string; breaks: (count: number) => string }): Probe =>
  async (scope) => {
    const found = await ask<{ id: string; of: number }>(
      scope,
      sql`select id, (count(*) over ())::int as of from (${query(scope)}) broken order by id limit ${NAMED}`,
    );
    const [first] = found;
    if (first === undefined) return pass(words.holds);
    return fail(words.breaks(first.of), { count: first.of, ids: found.map(({ id }) => id) });
  };

/** Words as an array of SQL. */
export const texts = (words: readonly string[]): SQL => sql`${sql.param([...words])}::text[]`;

/** A moment as SQL. */
export const at = (moment: Date): SQL => sql`${moment.toISOString()}::timestamptz`;

const MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
/** The moment so long before another. */
export const before = (now: Date, count: number, unit: keyof typeof MS): SQL =>
  at(new Date(now.getTime() - count * MS[unit]));

/** The moment so long after another. */
export const after = (now: Date, count: number, unit: keyof typeof MS): SQL =>
  at(new Date(now.getTime() + count * MS[unit]));
