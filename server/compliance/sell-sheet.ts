import type { Content } from "pdfmake/interfaces";
import type { ControlStatus } from "./domain/status";
import { type SellSheet, sellSheetOf, type SheetLine } from "./domain/sell-sheet";

interface About {
  /** The tenant's name. */
  tenant: string;
  at: Date;
}

const HEADS = ["Control", "SOC 2", "ISO 27001:2022", "State", "Last seen"];
const cellsOf = ({ control, soc2, iso27001, state, seen }: SheetLine) => [control, soc2, iso27001, state, seen];

// A tenant's name is people's words: it opens no markup of its own.
const plain = (text: string) => text.replaceAll(/[\\`*_[\]<>|#]/g, "\\$&").replaceAll(/\s+/g, " ");
const row = (cells: readonly string[]) => `| ${cells.map(plain).join(" | ")} |`;
const list = (lines: readonly string[]) => lines.map((line) => `- ${plain(line)}`);

/** The sheet as Markdown: the same for the same states and moment. */
export function sellSheetMarkdown(statuses: readonly ControlStatus[], about: About): string {
  const { title, lead, counts, parts, limits, notes } = sellSheetOf(statuses, about);
  return [
    ...[`# ${plain(title)}`, "", plain(lead), "", ...list(counts), ""],
    ...parts.flatMap((part) => [
      ...[`## ${part.title}`, "", part.about, "", row(HEADS), row(HEADS.map(() => "---"))],
      ...[...part.lines.map((line) => row(cellsOf(line))), ""],
    ]),
    ...(limits.length === 0 ? [] : ["## What is not there", "", ...list(limits), ""]),
    ...["## What this does not say", "", ...list(notes), ""],
  ].join("\n");
}

const heading = (text: string): Content => ({ text, style: "heading" });

type Table = (heads: readonly string[], lines: { cells: string[] }[], options: object) => Content;

const contentOf = ({ lead, counts, parts, limits, notes }: SellSheet, table: Table): Content[] => [
  { text: lead, style: "quiet" },
  { ul: counts, margin: [0, 6, 0, 0] },
  ...parts.flatMap((part) => [
    heading(part.title),
    { text: part.about, style: "quiet", margin: [0, 0, 0, 4] } satisfies Content,
    table(
      HEADS,
      part.lines.map((line) => ({ cells: cellsOf(line) })),
      { isNumeric: false, widths: ["*", 70, 80, 70, 90] },
    ),
  ]),
  ...(limits.length === 0 ? [] : [heading("What is not there"), { ul: limits }]),
  heading("What this does not say"),
  { ul: notes },
];

/** The sheet as the bytes of a PDF: the same for the same states and moment. */
export async function sellSheetPdf(statuses: readonly ControlStatus[], about: About): Promise<Uint8Array<ArrayBuffer>> {
  // Whoever never asks for a PDF does not load what makes them.
  const { pdfTable, renderPdf } = await import("@/server/platform/pdf");
  const sheet = sellSheetOf(statuses, about);
  return renderPdf({ title: sheet.title, at: about.at, content: contentOf(sheet, pdfTable) });
}
