import { describe, expect, it } from "vitest";
import { hostsIn, hostLines } from "./host-lines";

describe("hosts as lines", () => {
  it("are read with or without empty lines, spaces and commas", () => {
    expect(hostsIn(" api.example.com \n\n*.example.org, b.test\n")).toEqual([
      ...["api.example.com", "*.example.org", "b.test"],
    ]);
    expect(hostsIn(" \n")).toEqual([]);
  });

  it("are written one by one", () => {
    expect(hostLines(["a.test", "*.b.test"])).toBe("a.test\n*.b.test");
  });
});
