import { and, asc, eq, gt } from "drizzle-orm";
import { decisions, receipts } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import type { BlobStore } from "@/server/platform/blob-store";
import { isSignedText, type SigningKey } from "@/server/platform/keys";
import { headText, type SignedHead } from "./domain/head";
import { type ChainName, findFault, genesisHash } from "./domain/link";

export interface ChainsVerdict {
  verdict: "ok" | "refused";
  receipts: number;
  decisions: number;
  /** Signed heads kept outside the database that were compared. */
  anchors: number;
  /** Links newer than the last anchor: whole, but not yet vouched for outside the database. */
  unanchored: number;
  faults: string[];
}

const BATCH = 1_000;
const TABLES = { receipts, decisions } as const;

interface ChainState {
  length: number;
  fault: string | null;
  /** Hashes at the places that anchors speak of. */
  hashAt: Map<number, string>;
}

async function readChain(
  ctx: { database: Database; tenantId: string },
  chain: ChainName,
  wanted: ReadonlySet<number>,
): Promise<ChainState> {
  const table = TABLES[chain];
  const genesis = genesisHash(chain, ctx.tenantId);
  const hashAt = new Map(wanted.has(0) ? [[0, genesis]] : []);
  let last = { seq: 0, hash: genesis };
  for (;;) {
    const after = last.seq;
    const rows = await withTenant(ctx, (tx) =>
      tx
        .select()
        .from(table)
        .where(and(eq(table.tenantId, ctx.tenantId), gt(table.seq, after)))
        .orderBy(asc(table.seq))
        .limit(BATCH),
    );
    const links = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    const fault = findFault(links, last);
    if (fault !== null) return { length: last.seq, fault: `${chain}: ${fault.reason} at ${fault.seq}`, hashAt };
    for (const { seq, hash } of links) if (wanted.has(seq)) hashAt.set(seq, hash);
    last = links.at(-1) ?? last;
    if (rows.length < BATCH) return { length: last.seq, fault: null, hashAt };
  }
}

async function readAnchors(blobs: Pick<BlobStore, "get" | "list">, tenantId: string): Promise<SignedHead[]> {
  const heads: SignedHead[] = [];
  for (const key of await blobs.list(`anchors/${tenantId}/`)) {
    const bytes = await blobs.get(key);
    if (bytes !== null) heads.push(JSON.parse(new TextDecoder().decode(bytes)) as SignedHead);
  }
  return heads;
}

/** Why a head does not vouch for a tenant's chains under the keys that are known, in words; null where it does. */
export function headFault(head: SignedHead, keys: readonly SigningKey[], tenantId: string): string | null {
  const key = keys.find(({ keyId }) => keyId === head.keyId);
  if (key === undefined) return `signed with the unknown key ${head.keyId}`;
  if (!isSignedText(key, headText(head), head.signature)) return "the signature does not hold";
  return head.tenantId === tenantId ? null : "speaks of another tenant";
}

function anchorFaults(
  anchor: SignedHead,
  key: SigningKey,
  tenantId: string,
  chains: Record<ChainName, ChainState>,
): string[] {
  const place = `anchor of ${anchor.at}`;
  const fault = headFault(anchor, [key], tenantId);
  if (fault !== null) return [`${place}: ${fault}`];
  const compare = (chain: ChainName, seq: number, hash: string) => {
    if (seq > chains[chain].length)
      return [`${chain}: cut off; ${place} saw ${seq} links, there are ${chains[chain].length}`];
    return chains[chain].hashAt.get(seq) === hash ? [] : [`${chain}: rewritten at or before ${seq}, says the ${place}`];
  };
  return [
    ...compare("receipts", anchor.receiptSeq, anchor.receiptHash),
    ...compare("decisions", anchor.decisionSeq, anchor.decisionHash),
  ];
}

/** Walks both chains of a tenant from their beginning and compares them with every head kept outside the database. */
export async function verifyChains(ctx: {
  database: Database;
  tenantId: string;
  blobs: Pick<BlobStore, "get" | "list">;
  key: SigningKey;
}): Promise<ChainsVerdict> {
  const anchors = await readAnchors(ctx.blobs, ctx.tenantId);
  const chains = {
    receipts: await readChain(ctx, "receipts", new Set(anchors.map(({ receiptSeq }) => receiptSeq))),
    decisions: await readChain(ctx, "decisions", new Set(anchors.map(({ decisionSeq }) => decisionSeq))),
  };
  const broken = [chains.receipts.fault, chains.decisions.fault].filter((fault) => fault !== null);
  // In a broken chain every later anchor would complain too; the first fault says where to look.
  const faults =
    broken.length > 0 ? broken : anchors.flatMap((anchor) => anchorFaults(anchor, ctx.key, ctx.tenantId, chains));
  const last = anchors.at(-1);
  return {
    verdict: faults.length === 0 ? "ok" : "refused",
    receipts: chains.receipts.length,
    decisions: chains.decisions.length,
    anchors: anchors.length,
    unanchored: chains.receipts.length - (last?.receiptSeq ?? 0) + chains.decisions.length - (last?.decisionSeq ?? 0),
    faults,
  };
}
