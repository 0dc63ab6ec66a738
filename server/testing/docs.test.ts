import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PLACES } from "@/app/_shared/shell/places";
import { anchorOf } from "@/server/guides/domain/document";
import { isStale, reviewOf } from "@/server/guides/domain/review";
import { ALL_RECEIPT_ACTIONS } from "@/server/receipts/domain/actions";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");
const found = (pattern: string) => globSync(pattern, { cwd: ROOT }).sort();

const GUIDES = found("docs/guides/*.md");
const RUNBOOKS = found("docs/runbooks/*.md");
const FEATURES = found("docs/features/*.md");
const PAGES = [...["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"], ...found("docs/**/*.md")];

/** Links of a page to files here, without the part of the page that they name. */
const linksOf = (file: string) =>
  [...read(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));

/** The headings of a page as links name them. */
const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

describe("a page of documentation", () => {
  it.each(PAGES)("%s links to files that there are", (file) => {
    const missing = linksOf(file).filter((target) => !existsSync(path.join(ROOT, path.dirname(file), target)));
    expect(missing).toEqual([]);
  });

  it.each(PAGES)("%s links to headings that there are", (file) => {
    const named = [...read(file).matchAll(/\]\(([^)\s#]*)#([^)\s]+)\)/g)].filter(
      ([, target = ""]) => !target.includes(":"),
    );
    const missing = named.filter(([, target = "", anchor = ""]) => {
      const page = target === "" ? file : path.join(path.dirname(file), target);
      return page.endsWith(".md") && !anchorsOf(read(page)).includes(anchor);
    });
    expect(missing.map(([whole]) => whole)).toEqual([]);
  });
});

describe("a guide", () => {
  it.each([...GUIDES, ...RUNBOOKS])("%s has an owner, and was reviewed within a year", (file) => {
    const review = reviewOf(read(file));
    expect(review, "a line of its own: _Owner: operations. Last reviewed: 2026-11-27._").not.toBeNull();
    expect(review !== null && isStale(review, new Date()), "read it again, and write down when").toBe(false);
  });
});

/** The stories that the product is made of. */
const STORIES = ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2"];
const ROWS = ["ADR", "Tests", "Page", "Receipts", "Runbook", "Changelog"];

describe("a page of a feature", () => {
  it("is there for every story", () => {
    expect(FEATURES.map((file) => /^# (\d\.\d) /.exec(read(file))?.[1])).toEqual(STORIES);
  });

  it.each(FEATURES)("%s names its decision, tests, page, receipts, runbook and entry in the changelog", (file) => {
    const text = read(file);
    const row = (name: string) => new RegExp(`^\\| ${name} +\\| (.+) \\|$`, "m").exec(text)?.[1]?.trim() ?? "";
    for (const name of ROWS) expect([name, row(name) === ""]).toEqual([name, false]);
    for (const [name, place] of [
      ["ADR", "../adr/"],
      ["Runbook", "../guides/"],
    ] as const)
      expect(row(name)).toContain(`](${place}`);
    expect(row("Tests")).toMatch(/\]\(\.\.\/\.\.\/.*\.(test|spec)\.ts\)/);
    const slugs = [...row("Page").matchAll(/`([a-z-]+)`/g)].map(([, slug = ""]) => slug);
    expect(slugs.filter((slug) => !PLACES.some((place) => place.slug === slug))).toEqual([]);
    const actions = [...row("Receipts").matchAll(/`([a-z_.]+)`/g)].map(([, action = ""]) => action);
    expect(actions.filter((action) => !ALL_RECEIPT_ACTIONS.some((known) => known === action))).toEqual([]);
    expect([
      actions.length > 0 || row("Receipts").startsWith("none:"),
      slugs.length > 0 || row("Page").startsWith("none:"),
    ]).toEqual([true, true]);
    for (const [, entry = ""] of row("Changelog").matchAll(/_([^_]+)_/g))
      expect(read("CHANGELOG.md").replaceAll(/\s+/g, " ")).toContain(`**${entry}.**`);
    expect(row("Changelog")).toMatch(/_[^_]+_/);
  });
});
