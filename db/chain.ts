import { canonicalJson } from "@/server/kernel/json";
import { type ChainName, contentDigest, genesisHash, type LinkContent } from "@/server/receipts/domain/link";
import { preparedSql } from "./prepared";
import { sendLast, type Tx } from "./tenancy";

const append = preparedSql("append-links", "select append_links($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");

/**
 * Appends links to one tenant's chain, in their order, at the end of the caller's transaction: writers of one tenant take
 * turns from there to the commit that follows at once.
 */
export function appendLinks(tx: Tx, chain: ChainName, links: readonly LinkContent[]): void {
  const [first] = links;
  if (first === undefined) return;
  const column = (of: (link: LinkContent) => string) => links.map(of);
  const columns = [
    column(({ id }) => id),
    column(({ at }) => at),
    column(({ actor }) => actor),
    column(({ action }) => action),
    column(({ subject }) => subject),
    column(({ body }) => canonicalJson(body)),
    column(contentDigest),
  ];
  sendLast(tx, () => append(tx, [chain, first.tenantId, genesisHash(chain, first.tenantId), ...columns]));
}

/** Appends one link, as `appendLinks` does. */
export const appendLink = (tx: Tx, chain: ChainName, link: LinkContent): void => appendLinks(tx, chain, [link]);
