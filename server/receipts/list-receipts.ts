import { and, desc, eq, lt } from "drizzle-orm";
import { receipts } from "@/db/schema";
import { defineRead, tenantItself } from "@/server/verb";
import { listReceiptsSchema } from "./schemas";

type Row = typeof receipts.$inferSelect;

export function receiptDto({ id, seq, at, actor, action, subject, body, hash }: Row) {
  return { id, seq, at: at.toISOString(), actor, action, subject, body, hash };
}

/** The tenant's receipts, newest first; optionally those of one subject. */
export const listReceipts = defineRead({
  action: "receipt.read",
  input: listReceiptsSchema,
  load: async ({ ctx }) => ({
    resource: { subject: "receipt" as const, tenantId: ctx.tenantId },
    subject: (await tenantItself({ ctx })).subject,
  }),
  read: async ({ ctx, tx }, { limit, before, subject }) => {
    const rows = await tx
      .select()
      .from(receipts)
      .where(
        and(
          eq(receipts.tenantId, ctx.tenantId),
          before === undefined ? undefined : lt(receipts.seq, before),
          subject === undefined ? undefined : eq(receipts.subject, subject),
        ),
      )
      .orderBy(desc(receipts.seq))
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    return { rows: shown.map(receiptDto), nextBefore: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null };
  },
});
