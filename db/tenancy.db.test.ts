import { eq, sql } from "drizzle-orm";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { parseEnv } from "@/server/platform/env";
import { createDatabase, databaseUrls } from "./client";
import { prepared, preparedSql } from "./prepared";
import { tenants } from "./schema";
import { sendLast, withSystemStatement, withTenant } from "./tenancy";
import { TEST_SECRET } from "./testing/cluster";
import { makeTenant } from "./testing/factories";
import { useTestDatabase } from "./testing/test-database";

const db = useTestDatabase();

const namesOf = prepared("names-in-a-test", (tx) =>
  tx
    .select({ name: tenants.name })
    .from(tenants)
    .where(eq(tenants.slug, sql.placeholder("slug"))),
);

describe("withSystemStatement", () => {
  it("answers what one statement finds across tenants, and leaves no sweep on its connection", async () => {
    const [mine, other] = [await makeTenant(db.database), await makeTenant(db.database)];
    for (const { slug } of [mine, other])
      expect(await withSystemStatement(db, "find-tenant", (tx) => namesOf(tx, { slug }))).toHaveLength(1);
    const { rowCount } = await db.database.engine.query("select 1 from public.tenants");
    expect(rowCount).toBe(0);
  });

  it("fails with its statement, and its connection serves the next", async () => {
    const broken = prepared("broken-in-a-test", (tx) => tx.select({ one: sql`1 / 0` }).from(tenants));
    await makeTenant(db.database);
    for (let times = 0; times < 12; times += 1)
      await expect(withSystemStatement(db, "find-tenant", (tx) => broken(tx, {}))).rejects.toThrow();
    const { slug } = await makeTenant(db.database);
    expect(await withSystemStatement(db, "find-tenant", (tx) => namesOf(tx, { slug }))).toHaveLength(1);
  });
});

describe("prepared", () => {
  it("keeps to the tenant that its transaction is walled to, whoever used the connection before", async () => {
    const [mine, other] = [await makeTenant(db.database), await makeTenant(db.database)];
    const asked = (tenantId: string, slug: string) =>
      withTenant({ database: db.database, tenantId }, (tx) => namesOf(tx, { slug }));
    for (let times = 0; times < 8; times += 1) {
      expect(await asked(mine.tenantId, mine.slug)).toHaveLength(1);
      expect(await asked(other.tenantId, mine.slug)).toEqual([]);
    }
  });

  it("refuses to be asked without a value for each of its placeholders", async () => {
    const { tenantId } = await makeTenant(db.database);
    await expect(withTenant({ database: db.database, tenantId }, (tx) => namesOf(tx, {}))).rejects.toThrow();
  });
});

describe("what is sent last", () => {
  it("is on the disk when the transaction is told to be over, though its locks were let go before", async () => {
    const { tenantId } = await makeTenant(db.database);
    // Tests of logic wait for no disk; these connections do.
    const owner = new pg.Client({ connectionString: db.ownerUrl });
    await owner.connect();
    await owner.query(
      `alter database ${owner.escapeIdentifier(new URL(db.ownerUrl).pathname.slice(1))} set synchronous_commit = on`,
    );
    const waiting = createDatabase(
      databaseUrls(parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: db.ownerUrl })),
      parseEnv({ CONDUCTOR_SECRET: TEST_SECRET }),
    );
    try {
      const rename = preparedSql("rename-in-a-test", "update tenants set name = $2 where tenant_id = $1");
      const place = preparedSql<{ lsn: string }>("place-in-a-test", "select pg_current_wal_insert_lsn() as lsn");
      for (let time = 0; time < 20; time += 1) {
        const written = await withTenant({ database: waiting, tenantId }, async (tx) => {
          const places: Promise<{ lsn: string }[]>[] = [];
          sendLast(tx, () => rename(tx, [tenantId, `Name ${time}`]));
          sendLast(tx, () => {
            places.push(place(tx, []));
            return Promise.all(places);
          });
          return places;
        });
        const lsn = (await Promise.all(written))[0]?.[0]?.lsn;
        const { rows } = await owner.query<{ isOnDisk: boolean }>(
          `select pg_current_wal_flush_lsn() >= $1::pg_lsn as "isOnDisk"`,
          [lsn],
        );
        expect(rows).toEqual([{ isOnDisk: true }]);
      }
    } finally {
      await Promise.all([waiting.end(), owner.end()]);
    }
  });
});
