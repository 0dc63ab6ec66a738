import { type SQL, and, asc, desc, eq, gt, gte, lt, lte, max, min } from "drizzle-orm";
import type { Database } from "@/db/client";
import { receipts, signedHeads, tenants } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { controlStatuses, occurrencesOf } from "@/server/compliance";
import { type EvidenceFault, type EvidenceItem, listReconciled, readEvidence } from "@/server/evidence";
import { findFindings } from "@/server/findings";
import type { FindingEntry } from "@/server/findings/domain/document";
import type { BlobStore } from "@/server/platform/blob-store";
import type { SignedHead } from "@/server/receipts/domain/head";
import type { Link } from "@/server/receipts/domain/link";
import type { ControlStatus } from "@/server/compliance/domain/status";
import type { ControlOccurrences } from "@/server/compliance/domain/turns";

/** A source that this release, or this tenant, does not have: its section says so, and the bundle is incomplete. */
export interface Absent {
  absent: string;
}

/** How every control stands at one moment, and how often each was shown in the bundle's period. */
export type ControlsState =
  { catalogueVersion: string; statuses: ControlStatus[]; occurrences: ControlOccurrences[] } | Absent;

/** Everything that a bundle is made from, read inside one tenant. */
export interface Sources {
  /** As of one moment, and over a period up to it. */
  controls(at: Date, from: Date): Promise<ControlsState>;
  findings(period: { from: Date; to: Date }): Promise<FindingEntry[]>;
  /** What was collected in a period as its receipts say, and what is wrong with the rest. */
  evidence(period: { from: Date; to: Date }): Promise<{ items: EvidenceItem[]; faults: EvidenceFault[] }>;
  evidenceBytes(digest: string): Promise<Uint8Array>;
  /**
   * The last head that was signed before a period and before any of its receipts, null where there was none; and the first that was
   * signed after its end and covers all of them.
   */
  heads(period: { from: Date; to: Date }): Promise<{ opening: SignedHead | null; closing: SignedHead | null }>;
  /** Receipts after one place of the chain up to another, in its order, in parts; as they are, whole or not. */
  receipts(after: number, upTo: number): AsyncIterable<readonly Link[]>;
}

const BATCH = 1_000;

const headOf = (row: typeof signedHeads.$inferSelect): SignedHead => {
  const { tenantId, receiptSeq, receiptHash, decisionSeq, decisionHash, keyId, signature } = row;
  return { tenantId, at: row.at.toISOString(), receiptSeq, receiptHash, decisionSeq, decisionHash, keyId, signature };
};

/** The places of a chain that a period's receipts begin and end at; receipts are not quite in the order of their times. */
async function placesOf(tx: Tx, tenantId: string, { from, to }: { from: Date; to: Date }) {
  const [found] = await tx
    .select({ first: min(receipts.seq), last: max(receipts.seq) })
    .from(receipts)
    .where(and(eq(receipts.tenantId, tenantId), gte(receipts.at, from), lt(receipts.at, to)));
  return { first: found?.first ?? null, last: found?.last ?? 0 };
}

/** The product's own sources. */
export function sourcesOf(ctx: { database: Database; tenantId: string; blobs: BlobStore }): Sources {
  const { tenantId } = ctx;
  const findHead = async (tx: Tx, where: SQL | undefined, order: typeof asc) => {
    const [row] = await tx
      .select()
      .from(signedHeads)
      .where(and(eq(signedHeads.tenantId, tenantId), where))
      .orderBy(order(signedHeads.at), order(signedHeads.receiptSeq))
      .limit(1);
    return row === undefined ? null : headOf(row);
  };
  return {
    controls: (at, from) =>
      withTenant(ctx, async (tx) => {
        const found = await occurrencesOf(tx, tenantId, { from, to: at }, at);
        return { ...(await controlStatuses(tx, tenantId, at)), occurrences: found?.rows ?? [] };
      }),
    findings: (period) => withTenant(ctx, (tx) => findFindings(tx, tenantId, period)),
    evidence: (period) => withTenant(ctx, (tx) => listReconciled(tx, tenantId, period)),
    evidenceBytes: (digest) => readEvidence(ctx, tenantId, digest),
    heads: (period) =>
      withTenant(ctx, async (tx) => {
        const { first, last } = await placesOf(tx, tenantId, period);
        const before = first === null ? undefined : lt(signedHeads.receiptSeq, first);
        const opening = await findHead(tx, and(lt(signedHeads.at, period.from), before), desc);
        const covering = and(gte(signedHeads.at, period.to), gte(signedHeads.receiptSeq, last));
        return { opening, closing: await findHead(tx, covering, asc) };
      }),
    async *receipts(after, upTo) {
      const partAfter = (last: number) => {
        const place = and(eq(receipts.tenantId, tenantId), gt(receipts.seq, last), lte(receipts.seq, upTo));
        const part = withTenant(ctx, (tx) =>
          tx.select().from(receipts).where(place).orderBy(asc(receipts.seq)).limit(BATCH),
        );
        // Asked for ahead: whoever breaks off before its turn is not told how it went.
        part.catch(() => undefined);
        return part;
      };
      for (let part = after < upTo ? partAfter(after) : null; part !== null;) {
        const rows = await part;
        const last = rows.at(-1)?.seq ?? upTo;
        part = rows.length < BATCH || last >= upTo ? null : partAfter(last);
        yield rows.map((row) => ({ ...row, at: row.at.toISOString() }));
      }
    },
  };
}

/** What the bundle says of its tenant. Null for one that is gone. */
export const findTenant = (ctx: { database: Database; tenantId: string }) =>
  withTenant(ctx, async (tx) => {
    const [row] = await tx.select().from(tenants).where(eq(tenants.tenantId, ctx.tenantId));
    return row ?? null;
  });
