import { createRequire } from "node:module";
import path from "node:path";
import pdfmake from "pdfmake";
import type { Content } from "pdfmake/interfaces";

// From the folder that every process starts in: a bundler would answer for a path of this file with one of its own.
const { resolve } = createRequire(path.join(process.cwd(), "package.json"));
const FOLDER = path.join(path.dirname(resolve("pdfmake/package.json")), "fonts", "Roboto");
const font = (weight: string) => path.join(FOLDER, `Roboto-${weight}.ttf`);

pdfmake.setFonts({
  Roboto: {
    ...{ normal: font("Regular"), bold: font("Medium"), italics: font("Italic"), bolditalics: font("MediumItalic") },
  },
});
// What a document says may come from people: it never makes the server fetch anything, nor read a file besides its fonts.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((file) => path.dirname(file) === FOLDER);

interface Pdf {
  title: string;
  /** Stands in each page's foot, and in the file. */
  at: Date;
  content: Content[];
}

/**
 * A4 pages as the bytes of a PDF: the same for the same content and moment. The letters are Latin, Greek and Cyrillic; others
 * show as boxes.
 */
export async function renderPdf({ title, at, content }: Pdf): Promise<Uint8Array<ArrayBuffer>> {
  const stamp = `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const bytes = await pdfmake
    .createPdf({
      ...{ pageSize: "A4", pageMargins: [40, 48, 40, 48] },
      info: { title, creator: "Maestro Conductor", producer: "Maestro Conductor", creationDate: at, modDate: at },
      defaultStyle: { font: "Roboto", fontSize: 9, lineHeight: 1.15 },
      styles: {
        title: { fontSize: 18, bold: true, margin: [0, 0, 0, 4] },
        heading: { fontSize: 12, bold: true, margin: [0, 14, 0, 4] },
        quiet: { color: "#555555" },
      },
      footer: (page, pages) => ({
        ...{ text: `${title} · ${stamp} · page ${page} of ${pages}`, style: "quiet", fontSize: 7 },
        margin: [40, 16],
      }),
      content: [{ text: title, style: "title" }, ...content],
    })
    .getBuffer();
  return new Uint8Array(bytes);
}

/** A table with a head that is repeated on each page; numbers stand to the right, sums are bold. */
export function pdfTable(
  heads: readonly string[],
  lines: readonly { cells: readonly string[]; isSum?: boolean }[],
  { widths = ["*", ...heads.slice(1).map(() => "auto")], isNumeric = true } = {},
): Content {
  const cell = (text: string, nth: number, bold: boolean) => {
    const alignment: "left" | "right" = nth === 0 || !isNumeric ? "left" : "right";
    return { text, bold, alignment };
  };
  return {
    layout: "lightHorizontalLines",
    table: {
      headerRows: 1,
      widths: [...widths],
      body: [
        heads.map((text, nth) => cell(text, nth, true)),
        ...lines.map(({ cells, isSum = false }) => cells.map((text, nth) => cell(text, nth, isSum))),
      ],
    },
  };
}
