import { asc, eq } from "drizzle-orm";
import pg from "pg";
import { expect } from "vitest";
import { decisions, receipts } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { findFault, genesisHash } from "@/server/receipts/domain/link";
import type { TenantContext } from "@/server/verb";

type Where = Pick<TenantContext, "database" | "tenantId">;

const all = (ctx: Where, table: typeof receipts | typeof decisions) =>
  withTenant(ctx, (tx) => tx.select().from(table).where(eq(table.tenantId, ctx.tenantId)).orderBy(asc(table.seq)));

/** The tenant's last receipt is this action on this subject, and the whole chain up to it holds. */
export async function expectReceipt(ctx: Where, action: string, subject: string): Promise<void> {
  const rows = await all(ctx, receipts);
  expect(rows.at(-1)).toMatchObject({ action, subject });
  const links = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  expect(findFault(links, { seq: 0, hash: genesisHash("receipts", ctx.tenantId) })).toBeNull();
}

/** How many receipts the tenant has: equal before and after what must leave none. */
export async function countReceipts(ctx: TenantContext): Promise<number> {
  return (await all(ctx, receipts)).length;
}

/** The tenant's last decision on record denies this action. */
export async function expectDenial(ctx: TenantContext, action: string): Promise<void> {
  const rows = await all(ctx, decisions);
  expect(rows.at(-1)).toMatchObject({ action, body: { allow: false } });
}

/** The tenant's events in the outbox, oldest first. The app role may not read them back, so this asks as owner. */
export async function eventsOf(ownerUrl: string, tenantId: string): Promise<{ name: string; payload: unknown }[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const result = await client.query<{ name: string; payload: string }>(
      "select name, payload::text from engine.events where tenant_id = $1 order by received_at, id",
      [tenantId],
    );
    return result.rows.map(({ name, payload }) => ({ name, payload: JSON.parse(payload) as unknown }));
  } finally {
    await client.end();
  }
}

/** The same by their names alone. */
export const recordedEvents = async (ownerUrl: string, tenantId: string): Promise<string[]> =>
  (await eventsOf(ownerUrl, tenantId)).map(({ name }) => name);
