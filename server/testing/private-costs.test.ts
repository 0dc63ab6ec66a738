import { readdirSync, readFileSync, existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..", "..");
/** What holds a figure of costs or margins. */
const PRIVATE = "server/pricing/domain/unit-costs.ts";

/** Files that a file imports when it runs; types leave nothing behind. */
function importsOf(file: string): string[] {
  const source = readFileSync(path.join(root, file), "utf8");
  return [...source.matchAll(/^(?:import|export) (?!type\b)[^;]*?from "([^"]+)";/gms)].flatMap(([, specifier = ""]) => {
    const target = specifier.startsWith("@/")
      ? specifier.slice(2)
      : path.posix.join(path.posix.dirname(file), specifier);
    if (!specifier.startsWith("@/") && !specifier.startsWith(".")) return [];
    return [".ts", ".tsx", "/index.ts"].map((end) => target + end).filter((each) => existsSync(path.join(root, each)));
  });
}

function reachedFrom(file: string): Set<string> {
  const [reached, open] = [new Set<string>(), [file]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...importsOf(next));
  }
  return reached;
}

const appFiles = readdirSync(path.join(root, "app"), { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file))
  .map((file) => `app/${file}`);

describe("what anything costs us", () => {
  it("is reached by the verb, as this test sees it", () => {
    expect([...reachedFrom("server/pricing/analyse-pricing.ts")]).toContain(PRIVATE);
  });

  it("is imported by no file that a browser gets", () => {
    const client = appFiles.filter((file) => readFileSync(path.join(root, file), "utf8").startsWith('"use client"'));
    expect(client.length).toBeGreaterThan(20);
    expect(client.filter((file) => reachedFrom(file).has(PRIVATE))).toEqual([]);
  });

  it("is imported by no public page, on the server either", () => {
    const pages = appFiles.filter((file) => file.startsWith("app/(public)/"));
    expect(pages).toContain("app/(public)/pricing/page.tsx");
    expect(pages.filter((file) => reachedFrom(file).has(PRIVATE))).toEqual([]);
  });
});
