import { appendLink } from "@/db/chain";
import { evidenceItems } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import type { EvidenceItem } from "./items";

export interface CollectContext {
  tenantId: string;
  clock: Clock;
  newId: NewId;
  requestId: string;
  /** Who collects, as receipts name actors. */
  actor: string;
}

/**
 * Keeps the row of an item whose bytes are stored, with its receipt, in the caller's transaction. Null when the same source
 * has collected of the same kind and subject before: what is repeated collects nothing twice.
 */
export async function keepEvidence(
  tx: Tx,
  { tenantId, clock, newId, requestId, actor }: CollectContext,
  item: Omit<EvidenceItem, "id" | "collectedAt">,
): Promise<{ id: string } | null> {
  const [id, collectedAt] = [newId("evidence"), clock.now()];
  const kept = await tx
    .insert(evidenceItems)
    .values({ ...item, tenantId, id, collectedAt })
    .onConflictDoNothing()
    .returning({ id: evidenceItems.id });
  if (kept.length === 0) return null;
  const { kind, subject, digest, source } = item;
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: collectedAt.toISOString(), actor, action: "evidence.collect" },
    subject: `evidence:${id}`,
    body: { requestId, detail: { evidence: id, kind, of: subject, digest, source } },
  });
  return { id };
}
