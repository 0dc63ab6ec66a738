import { canonicalJson } from "@/server/kernel/json";
import { type ChainName, contentDigest, genesisHash, type LinkContent } from "@/server/receipts/domain/link";
import { preparedSql } from "./prepared";
import { sendLast, type Tx } from "./tenancy";

const append = preparedSql("append-link", "select append_link($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");

/**
 * Appends one link to a tenant's chain, at the end of the caller's transaction: writers of one tenant take turns from
 * there to the commit that follows at once.
 */
export function appendLink(tx: Tx, chain: ChainName, content: LinkContent): void {
  const { tenantId, id, at, actor, action, subject, body } = content;
  const link = [genesisHash(chain, tenantId), id, at, actor, action, subject, canonicalJson(body)];
  sendLast(tx, () => append(tx, [chain, tenantId, ...link, contentDigest(content)]));
}
