import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines, foldSame } from "./line-diff";

const sides = (before: string, after: string) =>
  diffLines(before, after).map(({ left, right }) => `${left?.text ?? "∅"}|${right?.text ?? "∅"}`);

describe("diffLines", () => {
  it("puts a changed line beside the one that replaced it", () => {
    expect(sides("a\nb\nc", "a\nB\nc")).toEqual(["a|a", "b|B", "c|c"]);
  });

  it("leaves a gap beside a line that came or went", () => {
    expect(sides("a\nc", "a\nb\nc")).toEqual(["a|a", "∅|b", "c|c"]);
    expect(sides("a\nb\nc", "a\nc")).toEqual(["a|a", "b|∅", "c|c"]);
    expect(sides("", "a")).toEqual(["∅|a"]);
  });

  it("changes as few lines as can be", () => {
    const changed = diffLines("a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc").filter((row) => row.kind === "changed");
    const edits = changed.reduce((sum, row) => sum + Number(row.left !== null) + Number(row.right !== null), 0);
    expect(edits).toBe(5);
  });

  it("holds both texts whole, in order", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "{"), { maxLength: 30 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = diffLines(before, after);
        expect(rows.flatMap((row) => row.left?.text ?? []).join("\n")).toBe(before);
        expect(rows.flatMap((row) => row.right?.text ?? []).join("\n")).toBe(after);
        expect(rows.every((row) => row.kind !== "same" || row.left?.text === row.right?.text)).toBe(true);
      }),
    );
  });

  it("answers for texts that have nothing in common", () => {
    const many = (word: string) => Array.from({ length: 4_000 }, (_, index) => `${word}${index}`).join("\n");
    expect(diffLines(many("a"), many("b"))).toHaveLength(4_000);
  });
});

describe("foldSame", () => {
  it("keeps three lines around a change and counts the rest", () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const after = before.with(10, "changed");
    const folded = foldSame(diffLines(before.join("\n"), after.join("\n")));
    expect(folded.map((row) => (row.kind === "folded" ? row.lines : row.kind[0]))).toEqual([
      7,
      ..."ssscsss".split(""),
      6,
    ]);
  });
});
