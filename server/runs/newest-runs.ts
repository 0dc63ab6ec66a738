import { and, eq, type Placeholder, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { newestFirst } from "@/db/paging";
import { runs } from "@/db/schema";

/** A column and the values that it may have: those of one run each. */
export type Alternatives = readonly [column: AnyPgColumn, values: readonly string[] | Placeholder];

interface Asked {
  tenantId: string | Placeholder;
  across: readonly Alternatives[];
  where?: SQL | undefined;
  limit: number | Placeholder;
}

/**
 * The newest runs of a tenant, as a subquery `newest` of `id` and `created_at`: read once for each combination of the
 * alternatives, newest first and no more than the limit, then put together. So each part walks an index in its order up to
 * the limit, where `column = any(values)` would read and sort all runs, or walk over all that have other values.
 */
export function newestRuns({ tenantId, across, where, limit }: Asked): SQL {
  const sets = across.map(([column, values], index) => {
    const only = Array.isArray(values) && values.length === 1 ? (values as string[])[0] : undefined;
    if (only !== undefined) return { from: null, is: eq(column, only) };
    const name = sql.identifier(`among_${index}`);
    return { from: sql`unnest(${sql.param(values)}::text[]) as ${name}(value)`, is: sql`${column} = ${name}.value` };
  });
  const each = and(eq(runs.tenantId, tenantId), ...sets.map(({ is }) => is), where);
  const froms: SQLWrapper[] = sets.map(({ from }) => from).filter((from) => from !== null);
  const part = sql`(select ${runs.id}, ${runs.createdAt} from ${runs} where ${each}
    order by ${sql.join(newestFirst(runs.createdAt, runs.id), sql`, `)} limit ${limit})`;
  if (froms.length === 0) return sql`${part} as newest`;
  return sql`(select part.id, part.created_at from ${sql.join(froms, sql` cross join `)} cross join lateral ${part} as part
    order by part.created_at desc, part.id desc limit ${limit}) as newest`;
}

/** How the rows of `newest` are joined with their runs. */
export const ITS_RUN = (tenantId: string | Placeholder) =>
  and(eq(runs.tenantId, tenantId), sql`${runs.id} = newest.id`);
