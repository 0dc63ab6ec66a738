import { type SQL, and, asc, desc, eq, gt, gte, lt, lte } from "drizzle-orm";
import type { Database } from "@/db/client";
import { receipts, signedHeads, tenants } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { controlStatuses } from "@/server/compliance";
import { type EvidenceItem, listEvidence, readEvidence } from "@/server/evidence";
import { findFindings } from "@/server/findings";
import type { FindingEntry } from "@/server/findings/domain/document";
import type { Json } from "@/server/kernel/json";
import type { BlobStore } from "@/server/platform/blob-store";
import { contentDigest, genesisHash } from "@/server/receipts/domain/link";
import type { ControlStatus } from "@/server/compliance/domain/status";

export interface LedgerLink {
  seq: number;
  id: string;
  at: string;
  actor: string;
  action: string;
  subject: string;
  body: Json;
  previousHash: string;
  hash: string;
}

export interface LedgerHead {
  at: string;
  receiptSeq: number;
  receiptHash: string;
  decisionSeq: number;
  decisionHash: string;
  keyId: string;
  signature: string;
}

/** A source that this release, or this tenant, does not have: its section says so, and the bundle is incomplete. */
export interface Absent {
  absent: string;
}

/** Everything that a bundle is made from, read inside one tenant. */
export interface Sources {
  controls(at: Date): Promise<{ catalogueVersion: string; statuses: ControlStatus[] } | Absent>;
  findings(period: { from: Date; to: Date }): Promise<FindingEntry[]>;
  evidence(period: { from: Date; to: Date }): Promise<EvidenceItem[] | Absent>;
  evidenceBytes(digest: string): Promise<Uint8Array>;
  /** Receipts of a period in the order of their chain. */
  receipts(period: { from: Date; to: Date }): AsyncIterable<LedgerLink>;
  /** Digests of receipts after one place up to another, from which the hashes between are made again. */
  linkDigests(after: number, upTo: number): Promise<{ seq: number; contentDigest: string }[]>;
  /** The last signed head before a place of the chain, and the first that covers it. */
  headBefore(seq: number): Promise<LedgerHead | null>;
  headCovering(seq: number): Promise<LedgerHead | null>;
  genesis: string;
}

const BATCH = 1_000;

const headOf = ({
  at,
  receiptSeq,
  receiptHash,
  decisionSeq,
  decisionHash,
  keyId,
  signature,
}: typeof signedHeads.$inferSelect): LedgerHead => ({
  ...{ at: at.toISOString(), receiptSeq, receiptHash, decisionSeq, decisionHash, keyId, signature },
});

/** The product's own sources. */
export function sourcesOf(ctx: { database: Database; tenantId: string; blobs: BlobStore }): Sources {
  const { tenantId } = ctx;
  const links = (where: SQL | undefined, limit: number) =>
    withTenant(ctx, (tx) =>
      tx
        .select()
        .from(receipts)
        .where(and(eq(receipts.tenantId, tenantId), where))
        .orderBy(asc(receipts.seq))
        .limit(limit),
    );
  const findHead = (where: SQL, order: typeof asc) =>
    withTenant(ctx, async (tx) => {
      const [row] = await tx
        .select()
        .from(signedHeads)
        .where(and(eq(signedHeads.tenantId, tenantId), where))
        .orderBy(order(signedHeads.receiptSeq), order(signedHeads.decisionSeq))
        .limit(1);
      return row === undefined ? null : headOf(row);
    });
  return {
    genesis: genesisHash("receipts", tenantId),
    controls: (at) => withTenant(ctx, (tx) => controlStatuses(tx, tenantId, at)),
    findings: (period) => withTenant(ctx, (tx) => findFindings(tx, tenantId, period)),
    evidence: (period) => withTenant(ctx, (tx) => listEvidence(tx, tenantId, period)),
    evidenceBytes: (digest) => readEvidence(ctx, tenantId, digest),
    async *receipts({ from, to }) {
      for (let after = 0; ;) {
        const rows = await links(and(gt(receipts.seq, after), gte(receipts.at, from), lt(receipts.at, to)), BATCH);
        for (const { seq, id, at, actor, action, subject, body, previousHash, hash } of rows) {
          yield { seq, id, at: at.toISOString(), actor, action, subject, body, previousHash, hash };
          after = seq;
        }
        if (rows.length < BATCH) return;
      }
    },
    linkDigests: async (after, upTo) => {
      const digests: { seq: number; contentDigest: string }[] = [];
      for (let last = after; last < upTo;) {
        const rows = await links(and(gt(receipts.seq, last), lte(receipts.seq, upTo)), BATCH);
        for (const row of rows)
          digests.push({ seq: row.seq, contentDigest: contentDigest({ ...row, at: row.at.toISOString() }) });
        if (rows.length === 0) break;
        last = digests.at(-1)?.seq ?? upTo;
      }
      return digests;
    },
    headBefore: (seq) => findHead(lt(signedHeads.receiptSeq, seq), desc),
    headCovering: (seq) => findHead(gte(signedHeads.receiptSeq, seq), asc),
  };
}

/** What the bundle says of its tenant. Null for one that is gone. */
export const findTenant = (ctx: { database: Database; tenantId: string }) =>
  withTenant(ctx, async (tx) => {
    const [row] = await tx.select().from(tenants).where(eq(tenants.tenantId, ctx.tenantId));
    return row ?? null;
  });
