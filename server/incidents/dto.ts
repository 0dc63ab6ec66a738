import type { nameReferences } from "@/server/receipts";
import type { IncidentRow } from "./load";

type Names = Awaited<ReturnType<typeof nameReferences>>;

/** What a reference is called; the reference itself where it stands for nothing any more. */
export const nameIn = (names: Names, reference: string | null) =>
  reference === null ? null : (names.get(reference)?.name ?? reference);

/** An incident as lists show it. */
export function overviewOf(row: IncidentRow, names: Names) {
  const { id, title, severity, status, source, isDrill, isPublic, alertCount } = row;
  return {
    ...{ id, title, severity, status, source, isDrill, isPublic, alertCount },
    openedAt: row.openedAt.toISOString(),
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedByName: nameIn(names, row.acknowledgedBy),
    mitigatedAt: row.mitigatedAt?.toISOString() ?? null,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}
