import { and, asc, eq, gt, ne, or } from "drizzle-orm";
import type { Database } from "@/db/client";
import { adapterSecrets, secrets, triggerSecrets } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { eachTenant } from "@/server/tenants";
import type { SecretKeys } from "./keys";
import { rewrap, UnsealError } from "./seal";

/** Data keys that one transaction wraps anew. */
const BATCH = 100;

export interface Rotated {
  /** Data keys that are under the current key now, and were not. */
  rewrapped: number;
  /** Versions that none of the given keys opens; they stay as they were. */
  unopened: number;
}

/** Every table that holds sealed values; all of them name what a value belongs to in the same columns. */
const SEALED = [secrets, triggerSecrets, adapterSecrets] as const;
type SealedTable = (typeof SEALED)[number];

const isAfter = (table: SealedTable, last: { id: string; version: number }) =>
  or(gt(table.id, last.id), and(eq(table.id, last.id), gt(table.version, last.version)));

type Begun = { database: Database; keys: SecretKeys; tenantId: string; table: SealedTable };

/** Wraps the next data keys of a tenant; where it left off, or null when there are no more. */
async function rotateBatch({ keys, table, ...ctx }: Begun, last: { id: string; version: number }, rotated: Rotated) {
  const { tenantId } = ctx;
  const { rows, unopened } = await withTenant(ctx, async (tx) => {
    const batch = await tx
      .select({ id: table.id, version: table.version, wrappedKey: table.wrappedKey, keyId: table.keyId })
      .from(table)
      .where(and(eq(table.tenantId, tenantId), ne(table.keyId, keys.current.keyId), isAfter(table, last)))
      .orderBy(asc(table.id), asc(table.version))
      .limit(BATCH)
      .for("update");
    let closed = 0;
    for (const { id, version, ...sealed } of batch) {
      try {
        await tx
          .update(table)
          .set(rewrap(sealed, { tenantId, id, version }, keys))
          .where(and(eq(table.tenantId, tenantId), eq(table.id, id), eq(table.version, version)));
      } catch (error) {
        if (!(error instanceof UnsealError)) throw error;
        closed += 1;
      }
    }
    return { rows: batch, unopened: closed };
  });
  rotated.rewrapped += rows.length - unopened;
  rotated.unopened += unopened;
  return rows.length < BATCH ? null : (rows.at(-1) ?? null);
}

/**
 * Brings every data key under the deployment's current key. Each batch is committed by itself, and what is done already is
 * not looked at again: stopped anywhere, it goes on from there. Values are not opened and nothing else changes.
 */
export async function rotateSecrets(database: Database, keys: SecretKeys): Promise<Rotated> {
  const rotated: Rotated = { rewrapped: 0, unopened: 0 };
  await eachTenant(database, async (tenantId) => {
    for (const table of SEALED) {
      let last: { id: string; version: number } | null = { id: "", version: 0 };
      while (last !== null) last = await rotateBatch({ database, keys, tenantId, table }, last, rotated);
    }
  });
  return rotated;
}
