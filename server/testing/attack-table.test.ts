import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..", "..");
const folder = path.join(root, "e2e", "attack");
/** The list of attack cases goes this far. */
const CASES = 60;

const read = (file: string) => readFileSync(path.join(root, file), "utf8");

/** Titles of the tests of a file, as they are written there. */
const titlesIn = (file: string): string[] =>
  [...read(file).matchAll(/\b(?:test|it)(?:\.each[\s\S]*?\))?\(\s*(["'`])(.*?)\1,/g)].map(([, , title = ""]) => title);

const rows = read("e2e/attack/README.md")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, number]) => /^\d+$/.test(number ?? ""))
  .map(([, number, , proofs = "", waits = ""]) => ({
    number: Number(number),
    // A test's title may hold commas: a proof begins where a path does.
    proofs: proofs === "" ? [] : proofs.split(/, (?=[\w./-]+\.ts\b)/),
    waits,
  }));

const specs = readdirSync(folder).filter((file) => file.endsWith(".spec.ts"));
const numbersOf = (spec: string) =>
  new Set(titlesIn(`e2e/attack/${spec}`).map((title) => Number(/^\d+ /.exec(title)?.[0])));

describe("the table of attacks", () => {
  it("names every case once, in order", () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: CASES }, (_, index) => index + 1));
  });

  it("says of each what proves it or what it waits for", () => {
    expect(rows.filter(({ proofs, waits }) => proofs.length === 0 && waits === "")).toEqual([]);
  });

  it.each(rows.flatMap(({ number, proofs }) => proofs.map((proof) => [number, proof] as const)))(
    "is right that case %i is proven by %s",
    (number, proof) => {
      const [file = "", title] = proof.split(" › ");
      if (title !== undefined) expect(titlesIn(file)).toContain(title);
      else expect(numbersOf(file)).toContain(number);
    },
  );

  it.each(specs)("names all that %s proves", (spec) => {
    expect(numbersOf(spec).size).toBeGreaterThan(0);
    const named = rows.filter(({ proofs }) => proofs.includes(spec)).map(({ number }) => number);
    expect([...numbersOf(spec)].sort((a, b) => a - b)).toEqual(named);
  });
});
