import { and, asc, count, eq, gte, lte, max, min } from "drizzle-orm";
import { receipts, signedHeads } from "@/db/schema";
import { type Collector, jsonDocument } from "./collector";

/** Which receipts the time holds, and every head that was signed in it. The receipts themselves are the bundle's ledger. */
export const receiptRange: Collector = {
  kind: "receipt-range",
  collect: async ({ tx, tenantId, from, now }) => {
    const its = and(eq(receipts.tenantId, tenantId), gte(receipts.at, from), lte(receipts.at, now));
    const [range] = await tx
      .select({ receipts: count(), first: min(receipts.seq), last: max(receipts.seq) })
      .from(receipts)
      .where(its);
    const heads = await tx
      .select()
      .from(signedHeads)
      .where(and(eq(signedHeads.tenantId, tenantId), gte(signedHeads.at, from), lte(signedHeads.at, now)))
      .orderBy(asc(signedHeads.at), asc(signedHeads.id));
    if (range === undefined || range.receipts === 0) return [];
    const signed = heads.map(({ tenantId: _, at, ...head }) => ({ ...head, at: at.toISOString() }));
    return [
      {
        ...{ subject: "receipts", title: `Receipts ${range.first} to ${range.last}`, fileName: "heads.json" },
        ...jsonDocument({ ...range, heads: signed }),
        ...{ covers: { from, to: now }, facts: { ...range, heads: heads.length } },
      },
    ];
  },
};
