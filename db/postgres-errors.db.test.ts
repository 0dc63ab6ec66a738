import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { withoutTenant } from "./tenancy";
import { useTestDatabase } from "./testing/test-database";

const db = useTestDatabase();

it("refuses a text that Postgres cannot hold as bad input, not as a failure", async () => {
  const asking = withoutTenant({ database: db.database }, (tx) => tx.execute(sql`select ${"a\u0000b"}::text`));
  await expect(asking).rejects.toMatchObject({ code: "Invalid", message: expect.stringContaining("U+0000") as string });
});
