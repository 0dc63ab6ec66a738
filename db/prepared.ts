import type pg from "pg";
import type { Tx } from "./tenancy";

interface Prepared<T> {
  execute(values: Record<string, unknown>): Promise<T>;
}

/**
 * A query with placeholders that is put into words and parsed once per connection instead of for every request, and whose
 * plan Postgres keeps where that is not dearer: for what is asked most. The name is the statement's own within the
 * process; pg refuses a second text under it, and Drizzle a placeholder without a value.
 */
export function prepared<T>(
  name: string,
  build: (db: Tx) => { prepare(name: string): Prepared<T> },
): (tx: Tx, values: Record<string, unknown>) => Promise<T> {
  const statements = new WeakMap<object, Prepared<T>>();
  return (tx, values) => {
    let statement = statements.get(tx.$client);
    if (statement === undefined) {
      statement = build(tx).prepare(name);
      statements.set(tx.$client, statement);
    }
    return statement.execute(values);
  };
}

/**
 * A statement in SQL that is parsed once per connection, for what the query builder cannot say (data-modifying CTEs over
 * arrays). It is sent before the call returns. `json` columns come back as text.
 */
export function preparedSql<Row extends pg.QueryResultRow>(
  name: string,
  text: string,
): (tx: Tx, values: readonly unknown[]) => Promise<Row[]> {
  return async (tx, values) => {
    // A door's handle always stands on one of the driver's own clients.
    const { rows } = await (tx.$client as pg.PoolClient).query<Row>({ name, text, values: [...values] });
    return rows;
  };
}
