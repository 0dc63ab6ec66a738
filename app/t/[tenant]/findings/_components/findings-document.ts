import type { Content } from "pdfmake/interfaces";
import { findingRows, type Register, STATUS_WORDS, summaryOf } from "@/server/findings/domain/document";
import { pdfTable } from "@/server/platform/pdf";

/** Columns that fit a page: opened, closed and the digest stand in the other forms. */
const SHOWN = [0, 1, 2, 3, 4, 6, 8];
const shown = (row: readonly string[]) => SHOWN.map((nth) => row[nth] ?? "");

/** The findings of a tenant as the parts of a PDF. */
export function findingsDocument({ at, entries }: Register): Content[] {
  const [head = [], ...rows] = findingRows(
    entries.map((entry) => ({ ...entry, dueAt: entry.dueAt.slice(0, 10), openedAt: entry.openedAt.slice(0, 10) })),
  );
  return [
    { text: summaryOf(entries, at) },
    pdfTable(
      shown(head),
      rows.map((row) => ({ cells: shown(row) })),
      { isNumeric: false, widths: ["auto", "*", "auto", "auto", "auto", "auto", "auto"] },
    ),
    ...entries.flatMap(({ ticket, title, detail, remedy, status, acceptedUntil, evidenceDigest }): Content[] => [
      { text: `${ticket}: ${title}`, style: "heading" },
      { text: `${STATUS_WORDS[status]}${acceptedUntil === null ? "" : `, until ${acceptedUntil}`}. ${detail}` },
      { text: `To close it: ${remedy}` },
      { text: `Evidence, SHA-256 ${evidenceDigest}`, style: "quiet" },
    ]),
  ];
}
