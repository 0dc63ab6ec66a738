import { and, asc, eq, gte } from "drizzle-orm";
import { receipts, signedHeads } from "@/db/schema";
import { must, notFound } from "@/server/kernel/errors";
import { canonicalJson } from "@/server/kernel/json";
import { defineRead, type Scope } from "@/server/verb";
import { contentDigest, findFault, genesisHash, linkContent } from "./domain/link";
import { namedReceipts } from "./dto";
import { loadReceipts } from "./load";
import { getReceiptSchema } from "./schemas";

async function receiptAt({ ctx, tx }: Scope, seq: number) {
  const [row] = await tx
    .select()
    .from(receipts)
    .where(and(eq(receipts.tenantId, ctx.tenantId), eq(receipts.seq, seq)));
  return row;
}

/** When a head that covers this place was first signed; null while none was. */
async function signedAt({ ctx, tx }: Scope, seq: number): Promise<string | null> {
  const [head] = await tx
    .select({ at: signedHeads.at })
    .from(signedHeads)
    .where(and(eq(signedHeads.tenantId, ctx.tenantId), gte(signedHeads.receiptSeq, seq)))
    .orderBy(asc(signedHeads.receiptSeq), asc(signedHeads.decisionSeq))
    .limit(1);
  return head?.at.toISOString() ?? null;
}

/**
 * One receipt with everything its hash is made of, and whether that hash holds against the receipt before it. Throws
 * NotFound for a place that the chain has not reached.
 */
export const getReceipt = defineRead({
  action: "receipt.read",
  input: getReceiptSchema,
  load: async (scope, { seq }) => {
    const row = await receiptAt(scope, seq);
    if (row === undefined) throw notFound("receipt");
    return { ...(await loadReceipts(scope)), row };
  },
  read: async (scope, { seq }, { row }) => {
    const before = seq === 1 ? genesisHash("receipts", row.tenantId) : (await receiptAt(scope, seq - 1))?.hash;
    const link = { ...row, at: row.at.toISOString() };
    const [named] = await namedReceipts(scope, [row]);
    return {
      ...must(named, "one receipt in, one out"),
      previousHash: row.previousHash,
      /** The exact text that is hashed first, and its hash. */
      content: canonicalJson(linkContent(link)),
      contentDigest: contentDigest(link),
      /** What is wrong with this link of the chain; null when it holds. */
      fault:
        before === undefined ? ("gap" as const) : (findFault([link], { seq: seq - 1, hash: before })?.reason ?? null),
      hasNext: (await receiptAt(scope, seq + 1)) !== undefined,
      signedAt: await signedAt(scope, seq),
    };
  },
});
