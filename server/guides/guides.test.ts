import { describe, expect, it } from "vitest";
import type { Guide } from "./domain/document";
import { indexGuides, searchGuides } from "./domain/search";
import { parseGuide } from "./parse-guide";
import { findGuides, readGuides } from "./read-guides";

const PAGES = new Set(["docs/guides/a.md", "docs/adr/0001-b.md"]);
const blocks = (markdown: string) => parseGuide("docs/guides/a.md", markdown, PAGES).blocks;
const linkOf = (markdown: string) => {
  const [block] = blocks(markdown);
  const part = block?.kind === "paragraph" ? block.parts[0] : undefined;
  return part?.kind === "link" ? part.href : undefined;
};

describe("a page", () => {
  it("has its title, its review and its headings, and the text between them", () => {
    const text =
      "# A `first` page\n\n_Owner: operations. Last reviewed: 2026-11-27._\n\nIt begins.\n\n## What_it is\n\nMore.\n";
    const { blocks: body, ...page } = parseGuide("docs/guides/a.md", text, PAGES);
    expect(page).toEqual({
      ...{ slug: "guides/a", room: "guides", title: "A first page" },
      review: { owner: "operations", reviewedOn: "2026-11-27" },
      sections: [
        { anchor: null, heading: "A first page", text: "It begins." },
        { anchor: "what_it-is", heading: "What_it is", text: "More." },
      ],
    });
    expect(body.map(({ kind }) => kind)).toEqual(["paragraph", "heading", "paragraph"]);
  });

  it.each([
    ["[b](../adr/0001-b.md#why)", "/docs/adr/0001-b#why"],
    ["[here](#part)", "/docs/guides/a#part"],
    ["[all](../runbooks)", "/docs#runbooks"],
    ["[code](../../server/index.ts)", null],
    ["[outside](https://example.test/x)", "https://example.test/x"],
    ["[script](javascript:alert(1))", null],
    ["[data](data:text/html,x)", null],
    ["[site](/api/x)", null],
  ])("%s leads to %s", (markdown, href) => {
    expect(linkOf(markdown)).toBe(href);
  });

  it("takes no tag for markup, in a line or on its own", () => {
    const shown = JSON.stringify(blocks("<script>alert(1)</script>\n\nText <img src=x onerror=y> ![p](q.png)\n"));
    expect(shown).toContain("<script>alert(1)</script>");
    expect(shown).toContain("<img src=x onerror=y>");
    expect(shown).not.toMatch(/"kind":"(html|image)"/);
  });

  it("has tables, code and lists within lists", () => {
    expect(blocks("| a | b |\n| - | - |\n| 1 | `x` |\n\n```sh\nls\n```\n\n1. one\n   - two\n")).toMatchObject([
      {
        kind: "table",
        head: [[{ text: "a" }], [{ text: "b" }]],
        rows: [[[{ text: "1" }], [{ kind: "code", text: "x" }]]],
      },
      { kind: "code", text: "ls" },
      { kind: "list", isOrdered: true, items: [[{ kind: "paragraph" }, { kind: "list", isOrdered: false }]] },
    ]);
  });
});

describe("the pages that there are", () => {
  const guides = readGuides();

  it("are all of docs, with headings that differ within a page", () => {
    expect(guides.length).toBeGreaterThan(80);
    expect(guides.map(({ slug }) => slug)).toContain("runbooks/slo-workflow-success");
    for (const { slug, blocks: body } of guides) {
      const anchors = body.flatMap((block) => (block.kind === "heading" ? [block.anchor] : []));
      expect([slug, anchors]).toEqual([slug, [...new Set(anchors)]]);
    }
  });

  it.each([
    ["kill slow", "runbooks/slo-incident-path-latency"],
    ["chain is broken", "runbooks/audit-record"],
    ["before an audit", "guides/compliance-runbook"],
    ["CONDUCTOR_SECRET is lost", "runbooks/disaster-recovery"],
    ["break-glass asked", "runbooks/break-glass"],
  ])("are found by %s: %s is among the first three", (query, slug) => {
    expect(
      findGuides(query)
        .slice(0, 3)
        .map((found) => found.slug),
    ).toContain(slug);
  });
});

describe("a search", () => {
  const page = (slug: string, room: Guide["room"], title: string, text: string): Guide => ({
    ...{ slug, room, title, review: null, blocks: [] },
    sections: [
      { anchor: null, heading: title, text: "" },
      { anchor: "part", heading: "A part", text },
    ],
  });
  const guides = indexGuides([
    page("adr/1", "adr", "Chains", "A chain of receipts."),
    page("guides/1", "guides", "Recovery", "What to do when the chaîne is cut off, and the receipts are gone."),
  ]);

  it("asks for every word, at the beginning of one, whatever its case and accents", () => {
    expect(
      searchGuides(guides, "CHAIN recei")
        .map(({ slug }) => slug)
        .sort(),
    ).toEqual(["adr/1", "guides/1"]);
    expect(searchGuides(guides, "chain cut").map(({ slug }) => slug)).toEqual(["guides/1"]);
    expect(searchGuides(guides, "hain")).toEqual([]);
  });

  it("puts a title before a text, and marks what was found", () => {
    const [first] = searchGuides(guides, "chain");
    expect(first).toMatchObject({
      slug: "adr/1",
      title: [
        { text: "Chain", isHit: true },
        { text: "s", isHit: false },
      ],
    });
    const [found] = searchGuides(guides, "cut");
    expect(found?.anchor).toBe("part");
    expect(found?.excerpt.filter(({ isHit }) => isHit).map(({ text }) => text)).toEqual(["cut"]);
    expect(found?.excerpt.map(({ text }) => text).join("")).toContain("chaîne is cut off");
  });

  it.each(["", "   ", "*(", "\\"])("of %j finds nothing, and is no fault", (query) => {
    expect(searchGuides(guides, query)).toEqual([]);
  });

  it("of much text answers for its first words", () => {
    expect(searchGuides(guides, `cut ${"x".repeat(5_000)}`)).toEqual([]);
    expect(searchGuides(guides, Array.from({ length: 50 }, () => "cut").join(" "))).toHaveLength(1);
  });
});
