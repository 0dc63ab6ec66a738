import { and, asc, desc, eq, gte, inArray, lt } from "drizzle-orm";
import { evidenceItems } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { EvidenceKind } from "./domain/kinds";

type Row = typeof evidenceItems.$inferSelect;

/** One thing that was collected: what it is, what it is of, and the digest of its bytes (SHA-256, hexadecimal). */
export type EvidenceItem = Omit<Row, "tenantId">;

export const itemOf = ({ tenantId: _, ...item }: Row): EvidenceItem => item;

export interface EvidenceFilter {
  kinds?: readonly EvidenceKind[];
  /** Collected at this moment or later. */
  from?: Date;
  /** Collected before this moment. */
  to?: Date;
}

/** What a filter asks for, of one tenant. */
export const matching = (tenantId: string, { kinds, from, to }: EvidenceFilter) =>
  and(
    eq(evidenceItems.tenantId, tenantId),
    kinds === undefined ? undefined : inArray(evidenceItems.kind, [...kinds]),
    from === undefined ? undefined : gte(evidenceItems.collectedAt, from),
    to === undefined ? undefined : lt(evidenceItems.collectedAt, to),
  );

/** What was collected in a period, oldest first. */
export async function listEvidence(tx: Tx, tenantId: string, filter: EvidenceFilter): Promise<EvidenceItem[]> {
  const inOrder = [asc(evidenceItems.collectedAt), asc(evidenceItems.id)];
  const rows = await tx
    .select()
    .from(evidenceItems)
    .where(matching(tenantId, filter))
    .orderBy(...inOrder);
  return rows.map(itemOf);
}

/** Of each kind and subject the item that was collected last before a moment. */
export async function latestEvidence(tx: Tx, tenantId: string, filter: EvidenceFilter): Promise<EvidenceItem[]> {
  const { kind, subject, collectedAt, id } = evidenceItems;
  const rows = await tx
    .selectDistinctOn([kind, subject])
    .from(evidenceItems)
    .where(matching(tenantId, filter))
    .orderBy(asc(kind), asc(subject), desc(collectedAt), desc(id));
  return rows.map(itemOf);
}
