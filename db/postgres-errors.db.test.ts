import { sql } from "drizzle-orm";
import pg from "pg";
import { expect, it } from "vitest";
import { withoutTenant } from "./tenancy";
import { useTestDatabase } from "./testing/test-database";

const db = useTestDatabase();

it("refuses a text that Postgres cannot hold as bad input, not as a failure", async () => {
  const asking = withoutTenant({ database: db.database }, (tx) => tx.execute(sql`select ${"a\u0000b"}::text`));
  await expect(asking).rejects.toMatchObject({ code: "Invalid", message: expect.stringContaining("U+0000") as string });
});

/** Ends a backend as its superuser, and returns once it is gone. */
async function endBackend(pid: number): Promise<void> {
  const client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  try {
    await client.query("select pg_terminate_backend($1, 10000)", [pid]);
  } finally {
    await client.end();
  }
}

it("refuses what a connection that breaks between two statements cuts off, and goes on with another", async () => {
  const ask = { database: db.database };
  const cut = withoutTenant(ask, async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await endBackend(rows[0]?.pid ?? 0);
    await tx.execute(sql`select 1`);
  });
  await expect(cut).rejects.toMatchObject({ code: "Unavailable" });
  const next = await withoutTenant(ask, (tx) => tx.execute(sql`select 1 as one`));
  expect(next.rows).toEqual([{ one: 1 }]);
});
