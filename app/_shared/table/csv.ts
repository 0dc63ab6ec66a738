export type CellValue = string | number | null;

/** One cell of RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe, which shows it as text. */
function csvCell(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as CSV (RFC 4180), with the byte order mark by which spreadsheets know UTF-8. */
export function toCsv(headers: readonly string[], rows: readonly (readonly CellValue[])[]): string {
  return `\ufeff${[headers, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
