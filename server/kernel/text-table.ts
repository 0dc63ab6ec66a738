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
