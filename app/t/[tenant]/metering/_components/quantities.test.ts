import { describe, expect, it } from "vitest";
import { bytesText, countText, tasksText } from "./quantities";

describe("quantities", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1 KB"],
    [1_234_567, "1.23 MB"],
    [5e15, "5,000 TB"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it("have separators, and tasks two decimals at most", () => {
    expect(countText(1_234_567)).toBe("1,234,567");
    expect(tasksText(4_250)).toBe("4.25");
    expect(tasksText(1_000_000)).toBe("1,000");
  });
});
