import { describe, expect, it } from "vitest";
import { chooseComparison, readComparison } from "./search-params";

const versions = [
  { number: 4, status: "in_review" },
  { number: 3, status: "retired" },
  { number: 2, status: "published" },
  { number: 1, status: "retired" },
];
const chosen = (params: Record<string, string>) => {
  const pair = chooseComparison(versions, readComparison(params));
  return pair === null ? null : [pair.from.number, pair.to.number];
};

describe("the versions compared", () => {
  it("are the newest and the published one", () => {
    expect(chosen({})).toEqual([2, 4]);
  });

  it("are those that the address names", () => {
    expect(chosen({ from: "1", to: "3" })).toEqual([1, 3]);
    expect(chosen({ to: "2" })).toEqual([1, 2]);
    expect(chosen({ from: "x", to: "99" })).toEqual([2, 4]);
  });

  it("are none when there is one version, or a version would be compared with itself", () => {
    expect(chooseComparison(versions.slice(-1), {})).toBeNull();
    expect(chosen({ from: "3", to: "3" })).toBeNull();
  });
});
