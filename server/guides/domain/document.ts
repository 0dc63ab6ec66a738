import type { Review } from "./review";

/** A part of a line. */
export type Inline =
  | { kind: "text" | "code"; text: string }
  | { kind: "strong" | "em" | "del"; parts: readonly Inline[] }
  /** Without an address: what is linked to is a file of the sources, and not among the pages. */
  | { kind: "link"; href: string | null; parts: readonly Inline[] }
  | { kind: "break" };

/** A part of a page. Markup other than this is shown as the text that it is. */
export type Block =
  | { kind: "heading"; depth: number; anchor: string; parts: readonly Inline[] }
  | { kind: "paragraph"; parts: readonly Inline[] }
  | { kind: "code"; text: string }
  | { kind: "list"; isOrdered: boolean; items: readonly (readonly Block[])[] }
  | { kind: "table"; head: readonly (readonly Inline[])[]; rows: readonly (readonly (readonly Inline[])[])[] }
  | { kind: "quote"; blocks: readonly Block[] }
  | { kind: "rule" };

/** What stands below a heading of a page, as plain text; at the top, below none. */
export interface Section {
  anchor: string | null;
  heading: string;
  text: string;
}

/** Where pages stand, in the order of the index: the folder of `docs`, and what it is called. */
export const ROOMS = [
  { slug: "guides", name: "Guides" },
  { slug: "runbooks", name: "Runbooks" },
  { slug: "reference", name: "Reference" },
  { slug: "features", name: "Features and their proofs" },
  { slug: "adr", name: "Decisions" },
] as const;
export type Room = (typeof ROOMS)[number]["slug"];

/** A page of `docs`. */
export interface Guide {
  /** Its address below `/docs`, such as `guides/incidents`. */
  slug: string;
  room: Room;
  title: string;
  /** Who answers for it; null for what is generated, or written once. */
  review: Review | null;
  blocks: readonly Block[];
  sections: readonly Section[];
}

/** The address of a page in the app. */
export const guideHref = (slug: string, anchor: string | null = null): string =>
  `/docs${slug === "" ? "" : `/${slug}`}${anchor === null ? "" : `#${anchor}`}`;

/** A heading as links name it: as GitHub does, so that both lead to the same place. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\-_ ]/gu, "")
    .replaceAll(" ", "-");

/** The text of parts of a line, without what it looks like. */
export function plainText(parts: readonly Inline[]): string {
  const texts = parts.map((part): string => {
    switch (part.kind) {
      case "text":
      case "code":
        return part.text;
      case "break":
        return " ";
      default:
        return plainText(part.parts);
    }
  });
  return texts.join("");
}

/** The text of a part of a page, its words apart. */
function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return plainText(block.parts);
    case "code":
      return block.text;
    case "list":
      return block.items.map((item) => item.map(blockText).join(" ")).join(" ");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map((cell) => plainText(cell)).join(" ")).join(" ");
    case "quote":
      return block.blocks.map(blockText).join(" ");
    case "rule":
      return "";
  }
}

/** A page's blocks as sections, each from its heading to the next. */
export function sectionsOf(blocks: readonly Block[], title: string): Section[] {
  const sections: Section[] = [{ anchor: null, heading: title, text: "" }];
  for (const block of blocks) {
    if (block.kind === "heading") {
      sections.push({ anchor: block.anchor, heading: plainText(block.parts), text: "" });
      continue;
    }
    const last = sections.at(-1);
    if (last !== undefined) last.text = `${last.text} ${blockText(block)}`.trim();
  }
  return sections;
}
