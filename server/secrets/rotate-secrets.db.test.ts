import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { secrets } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { tenantWith } from "@/server/testing/actors";
import { rotateSecrets, secretKeysOf, unseal } from "./index";
import { type Place, seal } from "./seal";

const db = useTestDatabase();
const OLD = "the old master secret, of 32 characters and more";
const NEW = "the new master secret, of 32 characters and more";
const old = secretKeysOf({ CONDUCTOR_SECRET: OLD });
const both = secretKeysOf({ CONDUCTOR_SECRET: NEW, CONDUCTOR_SECRET_PREVIOUS: OLD });
const only = secretKeysOf({ CONDUCTOR_SECRET: NEW });

/** A tenant with so many secrets, sealed under the old master secret. */
async function tenantOf(count: number) {
  const { tenant } = await tenantWith(db.database, []);
  const ctx = { database: db.database, tenantId: tenant.tenantId };
  const by = { createdBy: "user:usr_1", createdAt: new Date(), updatedBy: "user:usr_1", updatedAt: new Date() };
  const rows = Array.from({ length: count }, (_, nth) => {
    const place: Place = { tenantId: ctx.tenantId, id: newId("secret"), version: 1 };
    const sealed = seal(`the value of ${nth}`, place, old);
    return { ...place, ...sealed, ...by, name: `KEY_${nth}`, environment: "dev" as const, allowedHosts: ["a.test"] };
  });
  await withTenant(ctx, (tx) => tx.insert(secrets).values(rows));
  const stored = () => withTenant(ctx, (tx) => tx.select().from(secrets).orderBy(secrets.id));
  return { ctx, rows, stored };
}

describe("rotateSecrets", () => {
  it("brings every tenant's keys under the new master secret and leaves the values as they are sealed", async () => {
    const [many, few] = [await tenantOf(230), await tenantOf(1)];
    expect(await rotateSecrets(db.database, both)).toEqual({ rewrapped: 231, unopened: 0 });
    for (const { rows, stored } of [many, few]) {
      const after = await stored();
      expect(after.map(({ sealedValue }) => sealedValue)).toEqual(rows.map(({ sealedValue }) => sealedValue));
      expect(after.map((row) => unseal(row, row, only))).toEqual(rows.map((_, nth) => `the value of ${nth}`));
    }
    expect(await rotateSecrets(db.database, only)).toEqual({ rewrapped: 0, unopened: 0 });
  });

  it("goes on where it was stopped, and two at once do no harm", async () => {
    const { ctx, rows, stored } = await tenantOf(120);
    const { id, wrappedKey } = must(rows[110], "there are 120");
    const setKey = (key: string) =>
      withTenant(ctx, (tx) =>
        tx
          .update(secrets)
          .set({ wrappedKey: key })
          .where(and(eq(secrets.tenantId, ctx.tenantId), eq(secrets.id, id))),
      );
    await setKey("AAAA");
    // One that cannot be opened stops none of the others.
    expect(await rotateSecrets(db.database, both)).toEqual({ rewrapped: 119, unopened: 1 });
    await setKey(wrappedKey);
    const twice = await Promise.all([rotateSecrets(db.database, both), rotateSecrets(db.database, both)]);
    expect(twice.map(({ unopened }) => unopened)).toEqual([0, 0]);
    expect((await stored()).map((row) => unseal(row, row, only))).toHaveLength(120);
  });

  it("says what none of its keys opens, and leaves it", async () => {
    const { stored } = await tenantOf(2);
    const before = await stored();
    expect(await rotateSecrets(db.database, only)).toEqual({ rewrapped: 0, unopened: 2 });
    expect(await stored()).toEqual(before);
  });
});
