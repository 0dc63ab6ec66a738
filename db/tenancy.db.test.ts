import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { prepared } from "./prepared";
import { tenants } from "./schema";
import { withSystemStatement, withTenant } from "./tenancy";
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
