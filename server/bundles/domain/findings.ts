/** Something that an audit or a control has found, and who sees to it. */
export interface Finding {
  id: string;
  title: string;
  severity: string;
  status: string;
  owner: string | null;
  openedAt: Date;
  dueAt: Date | null;
  controlId: string | null;
  /** SHA-256 of what shows it, lower hex. */
  evidenceDigest: string | null;
  ticket: string | null;
}

/** Findings as rows, in the order of ids; the first row names the columns. */
export function findingRows(findings: readonly Finding[]): string[][] {
  const head = ["Finding", "Title", "Severity", "Status", "Owner", "Opened", "Due", "Control", "Evidence", "Ticket"];
  const rows = [...findings]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, title, severity, status, owner, openedAt, dueAt, controlId, evidenceDigest, ticket }) => [
      ...[id, title, severity, status, owner ?? "", openedAt.toISOString(), dueAt?.toISOString() ?? ""],
      ...[controlId ?? "", evidenceDigest ?? "", ticket ?? ""],
    ]);
  return [head, ...rows];
}
