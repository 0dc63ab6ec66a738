import { sql } from "drizzle-orm";
import { canonicalJson } from "@/server/kernel/json";
import { type ChainName, contentDigest, genesisHash, type LinkContent } from "@/server/receipts/domain/link";
import type { Tx } from "./tenancy";

/**
 * Appends one link to a tenant's chain inside the caller's transaction. Writers of one tenant take turns from here to
 * their commit, so call it last. Returns the link's place and hash.
 */
export async function appendLink(
  tx: Tx,
  chain: ChainName,
  content: LinkContent,
): Promise<{ seq: number; hash: string }> {
  const table = sql.raw(chain);
  const { tenantId, id, at, actor, action, subject, body } = content;
  // A statement of its own: the next one must see what the writer before us committed.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${chain}:${tenantId}`}, 0))`);
  const result = await tx.execute<{ seq: string; hash: string }>(sql`
    with place as (
      select coalesce(max(last.seq), 0) + 1 as seq, coalesce(max(last.hash), ${genesisHash(chain, tenantId)}) as previous_hash
      from (select seq, hash from ${table} where tenant_id = ${tenantId} order by seq desc limit 1) last
    )
    insert into ${table} (tenant_id, id, seq, at, actor, action, subject, body, previous_hash, hash)
    select ${tenantId}, ${id}, place.seq, ${at}::timestamptz, ${actor}, ${action}, ${subject}, ${canonicalJson(body)}::json,
      place.previous_hash,
      'sha256:' || encode(sha256(convert_to(place.previous_hash || ':' || place.seq || ':' || ${contentDigest(content)}, 'UTF8')), 'hex')
    from place
    returning seq, hash`);
  const [row] = result.rows;
  if (row === undefined) throw new Error("appending a link returned no row");
  return { seq: Number(row.seq), hash: row.hash };
}
