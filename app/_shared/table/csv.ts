export type CellValue = string | number | null;

/** One cell of RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe, which shows it as text. */
function csvCell(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines of CSV, each with its end. */
export const csvLines = (rows: readonly (readonly CellValue[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");

/** The byte order mark by which spreadsheets know UTF-8; a file begins with it. */
export const CSV_START = "\ufeff";

/** A table as CSV (RFC 4180). */
export const toCsv = (headers: readonly string[], rows: readonly (readonly CellValue[])[]): string =>
  CSV_START + csvLines([headers, ...rows]);
