import { describe, expect, it } from "vitest";
import { beginHistory, redo, undo, write } from "./edit-history";

describe("the editor's history", () => {
  it("goes back and forth", () => {
    const written = write(write(beginHistory("a"), "b"), "c");
    expect(undo(written).present).toBe("b");
    expect(undo(undo(undo(written))).present).toBe("a");
    expect(redo(undo(written)).present).toBe("c");
    expect(redo(written)).toBe(written);
  });

  it("forgets what was undone once something else is written", () => {
    const branched = write(undo(write(beginHistory("a"), "b")), "x");
    expect(redo(branched)).toBe(branched);
    expect(undo(branched).present).toBe("a");
  });

  it("takes the letters of one field back together", () => {
    const typed = ["n", "na", "nam"].reduce((history, text) => write(history, text, "steps.0.name"), beginHistory(""));
    const moved = write(typed, "nam!", "steps.1.name");
    expect(undo(moved).present).toBe("nam");
    expect(undo(undo(moved)).present).toBe("");
  });

  it("keeps two hundred steps", () => {
    const long = Array.from({ length: 300 }, (_, index) => index + 1).reduce(
      (history, n) => write(history, n),
      beginHistory(0),
    );
    expect(long.past).toHaveLength(200);
    expect(long.past[0]).toBe(100);
  });
});
