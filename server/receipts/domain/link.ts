import { canonicalJson, digestText, type Json } from "@/server/kernel/json";

/** Both chains of a tenant: what was done, and what was asked and answered. */
export type ChainName = "receipts" | "decisions";

/** What one link says, before it has a place in the chain. */
export interface LinkContent {
  tenantId: string;
  id: string;
  /** ISO 8601 in UTC, with milliseconds. */
  at: string;
  actor: string;
  action: string;
  subject: string;
  body: Json;
}

export interface Link extends LinkContent {
  seq: number;
  previousHash: string;
  hash: string;
}

/** What the first link of a tenant's chain is chained to: a value no hash can be confused with. */
export function genesisHash(chain: ChainName, tenantId: string): string {
  return digestText(`maestro-conductor/${chain}/${tenantId}`);
}

/** Only what a link says, of a value that may hold more, such as its place; its names in the order of canonical JSON. */
export function linkContent({ tenantId, id, at, actor, action, subject, body }: LinkContent): LinkContent {
  return { action, actor, at, body, id, subject, tenantId };
}

/** The digest of a link's content, as `sha256:<64 hex>`. */
export function contentDigest(content: LinkContent): string {
  return digestText(canonicalJson(linkContent(content)));
}

/** A link's hash: over its place, its content and the link before it. The database computes the same (db/chain.ts). */
export function linkHash(previousHash: string, seq: number, digest: string): string {
  return digestText(`${previousHash}:${seq}:${digest}`);
}

export type ChainFault = { seq: number; reason: "gap" | "broken-link" | "changed-content" };

interface Place {
  seq: number;
  hash: string;
}

/** What is wrong with a link whose content has a digest and that should follow `before`, or null. */
export function linkFault(link: Link, before: Place, digest: string): ChainFault | null {
  const seq = before.seq + 1;
  if (link.seq !== seq) return { seq, reason: "gap" };
  if (link.previousHash !== before.hash) return { seq, reason: "broken-link" };
  if (link.hash !== linkHash(before.hash, seq, digest)) return { seq, reason: "changed-content" };
  return null;
}

/** The first fault in a stretch of links that should follow `previous`, or null when it is whole. */
export function findFault(links: readonly Link[], previous: Place): ChainFault | null {
  let before = previous;
  for (const link of links) {
    const fault = linkFault(link, before, contentDigest(link));
    if (fault !== null) return fault;
    before = link;
  }
  return null;
}
