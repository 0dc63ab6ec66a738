import type { ControlStatus } from "@/server/compliance/domain/status";

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
// A table program runs a cell that begins like a formula.
const cell = (text: string) => quote(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** Rows as CSV (RFC 4180), each cell quoted. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

const mdCell = (text: string) => text.replaceAll(/[|\\]/g, "\\$&").replaceAll(/\s+/g, " ");

/** Rows as a table of Markdown; the first row is its head. */
export function markdownTable([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(mdCell).join(" | ")} |\n`;
  return head === undefined ? "" : line(head) + line(head.map(() => "---")) + rows.map(line).join("");
}

/** Coverage of every control as rows, in the order of ids; the first row names the columns. */
export function coverageRows(statuses: readonly ControlStatus[]): string[][] {
  const head = [
    "Control",
    "Title",
    "Stance",
    "State",
    "SOC 2",
    "ISO 27001:2022",
    "Owner",
    "Observed",
    "Next due",
    "Why",
  ];
  const rows = [...statuses]
    .sort((a, b) => (a.control.id < b.control.id ? -1 : 1))
    .map(({ control, state, why, observedAt, nextDueAt }) => [
      ...[control.id, control.title, control.stance, state, control.soc2.join(" "), control.iso27001.join(" ")],
      ...[control.owner, observedAt?.toISOString() ?? "never", nextDueAt?.toISOString() ?? ""],
      why.map(({ text }) => text).join("; "),
    ]);
  return [head, ...rows];
}
