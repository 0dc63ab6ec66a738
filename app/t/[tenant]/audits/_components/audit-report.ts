import type { Content } from "pdfmake/interfaces";
import { CHECK_WORDS, type CheckFound, type CheckState, type Outcome } from "@/server/audits/domain/check";
import { markdownTable } from "@/server/kernel/text-table";
import { pdfTable } from "@/server/platform/pdf";

/** An audit as its report tells it. */
export interface AuditRecord {
  id: string;
  verdict: Outcome | null;
  startedAt: string;
  endedAt: string | null;
  startedByName: string;
  reportDigest: string | null;
  checks: readonly { title: string; about: string; state: CheckState; found: readonly CheckFound[] }[];
}

const HEAD = ["Control", "Looked at", "", "What was found"];
const rowsOf = (found: readonly CheckFound[]) =>
  found.map(({ key, control, outcome, reason }) => [
    ...[`${control.id} ${control.title}`, key, CHECK_WORDS[outcome], reason],
  ]);

const introOf = ({ id, startedAt, endedAt, startedByName, verdict, reportDigest }: AuditRecord, tenant: string) =>
  `Audit ${id} of ${tenant}, begun ${startedAt} by ${startedByName}, ` +
  `${endedAt === null ? "not ended" : `ended ${endedAt}`}. ` +
  `Verdict: ${CHECK_WORDS[verdict ?? "waiting"]}.` +
  (reportDigest === null ? "" : ` Kept as evidence, SHA-256 ${reportDigest}.`);

/** The report of an audit as Markdown. */
export function auditMarkdown(audit: AuditRecord, tenant: string): string {
  const checks = audit.checks.flatMap(({ title, about, state, found }) => [
    ...[`## ${title}: ${CHECK_WORDS[state]}`, about],
    ...(found.length === 0 ? [] : [markdownTable([HEAD, ...rowsOf(found)]).trimEnd()]),
  ]);
  return `${["# Internal audit", introOf(audit, tenant), ...checks].join("\n\n")}\n`;
}

/** The same as the parts of a PDF. */
export const auditDocument = (audit: AuditRecord, tenant: string): Content[] => [
  { text: introOf(audit, tenant) },
  ...audit.checks.flatMap(({ title, about, state, found }): Content[] => [
    { text: `${title}: ${CHECK_WORDS[state]}`, style: "heading" },
    { text: about, style: "quiet" },
    pdfTable(
      HEAD,
      rowsOf(found).map((cells) => ({ cells })),
      { isNumeric: false, widths: ["auto", "auto", "auto", "*"] },
    ),
  ]),
];
