import { desc, eq, sql } from "drizzle-orm";
import { decisions, receipts, signedHeads } from "@/db/schema";
import { type Tx, withSystem, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import type { Clock } from "@/server/kernel/clock";
import { Refusal } from "@/server/kernel/errors";
import type { NewId } from "@/server/kernel/ids";
import { canonicalJson } from "@/server/kernel/json";
import type { BlobStore } from "@/server/platform/blob-store";
import { type SigningKey, signText } from "@/server/platform/keys";
import { anchorKey, type Head, headText, type SignedHead } from "./domain/head";
import { genesisHash } from "./domain/link";

export interface AnchorContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  key: SigningKey;
  blobs: BlobStore;
}

/** Tenants whose chains have grown since their last signed head. */
function tenantsToAnchor({ database }: AnchorContext): Promise<string[]> {
  return withSystem({ database }, "list-anchor-work", async (tx) => {
    const { rows } = await tx.execute<{ tenant_id: string }>(sql`
      select t.tenant_id from tenants t
      left join lateral (select seq from receipts where tenant_id = t.tenant_id order by seq desc limit 1) r on true
      left join lateral (select seq from decisions where tenant_id = t.tenant_id order by seq desc limit 1) d on true
      left join lateral (select receipt_seq, decision_seq from signed_heads where tenant_id = t.tenant_id
        order by receipt_seq desc, decision_seq desc limit 1) h on true
      where coalesce(r.seq, 0) > coalesce(h.receipt_seq, 0) or coalesce(d.seq, 0) > coalesce(h.decision_seq, 0)
      order by 1`);
    return rows.map((row) => row.tenant_id);
  });
}

async function currentHead(tx: Tx, tenantId: string, at: string): Promise<Head> {
  const last = async (table: typeof receipts | typeof decisions) =>
    (
      await tx
        .select({ seq: table.seq, hash: table.hash })
        .from(table)
        .where(eq(table.tenantId, tenantId))
        .orderBy(desc(table.seq))
        .limit(1)
    )[0];
  const receipt = await last(receipts);
  const decision = await last(decisions);
  return {
    ...{ tenantId, at },
    receiptSeq: receipt?.seq ?? 0,
    receiptHash: receipt?.hash ?? genesisHash("receipts", tenantId),
    decisionSeq: decision?.seq ?? 0,
    decisionHash: decision?.hash ?? genesisHash("decisions", tenantId),
  };
}

async function anchorTenant(ctx: AnchorContext, tenantId: string): Promise<void> {
  const at = ctx.clock.now();
  const head = await withTenant({ database: ctx.database, tenantId }, (tx) =>
    currentHead(tx, tenantId, at.toISOString()),
  );
  const signed: SignedHead = { ...head, keyId: ctx.key.keyId, signature: signText(ctx.key, headText(head)) };
  // Outside first: a head that only the database knows would vouch for nothing against whoever holds the database.
  await ctx.blobs.put(anchorKey(head), new TextEncoder().encode(canonicalJson(signed))).catch((error: unknown) => {
    if (!(error instanceof Refusal && error.code === "Conflict")) throw error;
  });
  await withTenant({ database: ctx.database, tenantId }, (tx) =>
    tx
      .insert(signedHeads)
      .values({ ...signed, id: ctx.newId("signedHead"), at })
      .onConflictDoNothing(),
  );
}

/**
 * Signs where every grown chain stands and keeps the signature in the database and outside it. Returns the tenants
 * anchored. May be repeated: a head that was signed before is not signed again.
 */
export async function anchorHeads(ctx: AnchorContext): Promise<string[]> {
  const tenantIds = await tenantsToAnchor(ctx);
  for (const tenantId of tenantIds) await anchorTenant(ctx, tenantId);
  return tenantIds;
}
