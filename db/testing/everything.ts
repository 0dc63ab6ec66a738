import pg from "pg";

/** Keys, texts and numbers of a JSON value, at every depth. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(textsOf)];
}

/** All that the database holds, in every column of every table that is not Postgres' own: for showing what it does not. */
export async function everythingStored(ownerUrl: string): Promise<{ table: string; text: string }[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const found: { table: string; text: string }[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select row_to_json(one)::text as row from ${name} as one`);
      for (const { row } of rows) found.push(...textsOf(JSON.parse(row)).map((text) => ({ table: name, text })));
    }
    return found;
  } finally {
    await client.end();
  }
}
