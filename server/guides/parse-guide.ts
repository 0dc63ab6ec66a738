import path from "node:path";
import { marked, type MarkedToken, type Token } from "marked";
import {
  anchorOf,
  type Block,
  type Guide,
  guideHref,
  type Inline,
  plainText,
  ROOMS,
  sectionsOf,
} from "./domain/document";
import { reviewOf } from "./domain/review";

/** What links of a page lead to: pages in the app, addresses elsewhere; null for a file that is no page. */
type Resolve = (target: string) => string | null;

/** The address of a page by its file, such as `docs/guides/incidents.md`. */
const slugOf = (file: string) => file.replace(/^docs\//, "").replace(/\.md$/, "");

function resolverOf(file: string, pages: ReadonlySet<string>): Resolve {
  return (target) => {
    if (/^https?:\/\//.test(target)) return target;
    if (/^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith("/")) return null;
    const [to = "", anchor] = target.split("#");
    const full = to === "" ? file : path.posix.join(path.posix.dirname(file), to);
    if (pages.has(full)) return guideHref(slugOf(full), anchor ?? null);
    const room = ROOMS.find(({ slug }) => full.replace(/\/$/, "") === `docs/${slug}`);
    return room === undefined ? null : guideHref("", room.slug);
  };
}

/** Entities of Markdown; whatever shows the text escapes it again. */
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00A0" };
const decoded = (text: string) => text.replaceAll(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);

// Generic tokens are those of extensions, of which there are none.
const known = (tokens: readonly Token[] | undefined) => (tokens ?? []) as readonly MarkedToken[];

function inlineOf(tokens: readonly Token[] | undefined, resolve: Resolve): Inline[] {
  return known(tokens).flatMap((token): Inline[] => {
    switch (token.type) {
      case "strong":
      case "em":
      case "del":
        return [{ kind: token.type, parts: inlineOf(token.tokens, resolve) }];
      case "codespan":
        return [{ kind: "code", text: token.text }];
      case "link":
        return [{ kind: "link", href: resolve(token.href), parts: inlineOf(token.tokens, resolve) }];
      case "br":
        return [{ kind: "break" }];
      case "escape":
        return [{ kind: "text", text: token.text }];
      case "text":
        if ("tokens" in token && token.tokens !== undefined) return inlineOf(token.tokens, resolve);
        return [{ kind: "text", text: decoded(token.raw) }];
      case "html":
        return [/^<br ?\/?>$/.test(token.raw) ? { kind: "break" } : { kind: "text", text: token.raw }];
      default:
        // Pictures among them: they are shown as they are written, as tags are.
        return [{ kind: "text", text: token.raw }];
    }
  });
}

function blocksOf(tokens: readonly Token[], resolve: Resolve): Block[] {
  const cells = (row: readonly { tokens: Token[] }[]) => row.map((cell) => inlineOf(cell.tokens, resolve));
  return known(tokens).flatMap((token): Block[] => {
    switch (token.type) {
      case "heading": {
        const parts = inlineOf(token.tokens, resolve);
        return [{ kind: "heading", depth: token.depth, anchor: anchorOf(plainText(parts)), parts }];
      }
      case "paragraph":
      case "text":
        return [{ kind: "paragraph", parts: inlineOf(token.tokens, resolve) }];
      case "code":
        return [{ kind: "code", text: token.text }];
      case "list":
        return [
          { kind: "list", isOrdered: token.ordered, items: token.items.map((item) => blocksOf(item.tokens, resolve)) },
        ];
      case "table":
        return [{ kind: "table", head: cells(token.header), rows: token.rows.map(cells) }];
      case "blockquote":
        return [{ kind: "quote", blocks: blocksOf(token.tokens, resolve) }];
      case "hr":
        return [{ kind: "rule" }];
      case "html":
        return [{ kind: "paragraph", parts: [{ kind: "text", text: token.raw.trim() }] }];
      default:
        return [];
    }
  });
}

/** A page from its Markdown. `pages` are the files that have a page, by their paths from the root. */
export function parseGuide(file: string, markdown: string, pages: ReadonlySet<string>): Guide {
  const [head, ...rest] = marked.lexer(markdown);
  const isTitled = head?.type === "heading" && head.depth === 1;
  const resolve = resolverOf(file, pages);
  const slug = slugOf(file);
  const title = isTitled ? plainText(inlineOf(head.tokens, resolve)) : slug;
  const blocks = blocksOf(isTitled || head === undefined ? rest : [head, ...rest], resolve);
  const review = reviewOf(markdown);
  // What it says of its review stands in the page's head.
  const body = blocks.filter((block) => review === null || block.kind !== "paragraph" || !isReview(block.parts));
  const room = ROOMS.find((each) => slug.startsWith(`${each.slug}/`))?.slug ?? "reference";
  return { slug, room, title, review, blocks: body, sections: sectionsOf(body, title) };
}

const isReview = (parts: readonly Inline[]) =>
  parts.length === 1 && parts[0]?.kind === "em" && reviewOf(`_${plainText(parts)}_`) !== null;
