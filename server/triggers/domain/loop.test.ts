import { describe, expect, it } from "vitest";
import { wouldLoop } from "./loop";

const ways = (text: string) => text.split(" ").map((way) => ({ from: way[0] ?? "", to: way[1] ?? "" }));

describe("a way more", () => {
  it.each([
    ["ab", "aa"],
    ["ab", "ba"],
    ["ab bc cd", "da"],
    ["ab ac bd cd", "da"],
  ])("closes a loop: %s and %s", (there, added) => {
    expect(ways(added).map((way) => wouldLoop(ways(there), way))).toEqual([true]);
  });

  it.each([
    ["ab", "bc"],
    ["ab ab bc", "ac"],
    ["ab bc", "dc"],
    // What loops already, over triggers older than this rule, is not this one's fault.
    ["xy yx", "ab"],
  ])("closes none: %s and %s", (there, added) => {
    expect(ways(added).map((way) => wouldLoop(ways(there), way))).toEqual([false]);
  });
});
