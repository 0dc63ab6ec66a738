import { describe, expect, it } from "vitest";
import { idsFrom, newId } from "./ids";

describe("idsFrom", () => {
  it("parts the ids that were minted before a moment from those after", () => {
    const before = newId("run");
    const now = Date.now();
    expect(before < idsFrom("run", new Date(now + 1))).toBe(true);
    expect(before > idsFrom("run", new Date(now - 1_000))).toBe(true);
    expect(idsFrom("run", new Date(0))).toBe("run_000000000000");
  });
});
