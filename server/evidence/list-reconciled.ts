import { and, eq, gte, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { evidenceItems, receipts } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { type EvidenceFault, reconcile, type Told } from "./domain/reconcile";
import { type EvidenceItem, itemOf, matching } from "./items";

const bodySchema = z.object({ detail: z.object({ kind: z.string(), of: z.string(), digest: z.string() }) });

const toldBy = ({ at, body }: { at: Date; body: unknown }): Told => {
  const said = bodySchema.safeParse(body).data?.detail;
  return { kind: said?.kind ?? "evidence", subject: said?.of ?? "", digest: said?.digest ?? "", collectedAt: at };
};

const PREFIX = "evidence:";

/**
 * What was collected in a period, oldest first, as far as it is what the receipts of its collection say; and what is wrong with the
 * rest. Rows and receipts are read by one statement, so that what is collected meanwhile is in both or in neither.
 */
export async function listReconciled(
  tx: Tx,
  tenantId: string,
  { from, to }: { from: Date; to: Date },
): Promise<{ items: EvidenceItem[]; faults: EvidenceFault[] }> {
  const rows = tx.select().from(evidenceItems).where(matching(tenantId, { from, to })).as("collected");
  const inPeriod = and(eq(receipts.action, "evidence.collect"), gte(receipts.at, from), lt(receipts.at, to));
  const told = tx
    .select({ subject: receipts.subject, at: receipts.at, body: receipts.body })
    .from(receipts)
    .where(and(eq(receipts.tenantId, tenantId), inPeriod))
    .as("told");
  const found = await tx
    .select()
    .from(rows)
    .fullJoin(told, eq(told.subject, sql`${PREFIX}::text || ${rows.id}`));
  const { items, faults } = reconcile(
    found.map(({ collected, told: receipt }) => ({
      id: collected?.id ?? receipt?.subject.slice(PREFIX.length) ?? "",
      item: collected === null ? null : itemOf(collected),
      receipt: receipt === null ? null : toldBy(receipt),
    })),
  );
  const byTime = (a: EvidenceItem, b: EvidenceItem) =>
    a.collectedAt.getTime() - b.collectedAt.getTime() || (a.id < b.id ? -1 : 1);
  return { items: items.sort(byTime), faults: faults.sort((a, b) => (a.why < b.why ? -1 : 1)) };
}
