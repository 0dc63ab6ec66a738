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

it.each(["40001", "40P01", "55P03", "57014"])(
  "does again what %s kept from being done, and then it is done",
  async (state) => {
    let tries = 0;
    const done = withoutTenant({ database: db.database }, async (tx) => {
      tries += 1;
      if (tries < 4) await tx.execute(sql.raw(`do $$ begin raise exception 'lost' using errcode = '${state}'; end $$`));
      return tries;
    });
    expect(await done).toBe(4);
  },
);

it.each(["40001", "57014"])("gives up %s after three more tries, with one clear refusal", async (state) => {
  let tries = 0;
  const lost = withoutTenant({ database: db.database }, async (tx) => {
    tries += 1;
    await tx.execute(sql.raw(`do $$ begin raise exception 'lost' using errcode = '${state}'; end $$`));
  });
  await expect(lost).rejects.toMatchObject({
    code: "Unavailable",
    message: "Others were changing the same at this moment. Nothing was stored; try again.",
  });
  expect(tries).toBe(4);
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
