import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
const CASES = Array.from({ length: 112 }, (_, nth) => nth + 1);
const table = readFileSync(path.join(ROOT, "docs", "reference", "billing-cases.md"), "utf8");

/** The numbers in "cases 19, 25 and 28" or "69 to 71". */
function numbersIn(words: string): number[] {
  const ranges = [...words.matchAll(/(\d+)(?: to |–)(\d+)/g)].flatMap(([, from, to]) =>
    CASES.slice(Number(from) - 1, Number(to)),
  );
  return [...ranges, ...[...words.matchAll(/\d+/g)].map(([number]) => Number(number))];
}

/** The cases that the titles of a test file name: "… (cases 27 and 28)", and of the pure half "48: …". */
function namedIn(file: string): number[] {
  const text = readFileSync(file, "utf8");
  const list = String.raw`\d+(?:(?:, | and | to |–)\d+)*`;
  const named = [...text.matchAll(new RegExp(`\\bcases? (${list})`, "g"))];
  const pure = file.includes("entitlements") ? [...text.matchAll(new RegExp(`"(${list}): `, "g"))] : [];
  return [...named, ...pure].flatMap(([, words = ""]) => numbersIn(words));
}

const testFiles = ["server", "policies", "jobs", "e2e"].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter(
      (file) => /\.(test|spec)\.ts$/.test(file) && !file.includes("node_modules") && !file.endsWith("cases.test.ts"),
    )
    .map((file) => path.join(ROOT, folder, file)),
);

describe("the cases of billing", () => {
  const rows = [...table.matchAll(/^\| (\d+) +\| (.+?) +\| (.+?) +\|$/gm)].map(([, number]) => Number(number));

  it("are all in the table, each once", () => {
    expect(rows).toEqual(CASES);
  });

  it("each have a test that names it", () => {
    const named = new Set(testFiles.flatMap(namedIn));
    expect(CASES.filter((number) => !named.has(number))).toEqual([]);
  });
});
