import { describe, expect, it } from "vitest";
import { toCsv } from "./csv";

describe("toCsv", () => {
  it("quotes what would break a row", () => {
    expect(
      toCsv(
        ["a", "b"],
        [
          ['say "hi"', "x,y"],
          ["two\nlines", null],
        ],
      ),
    ).toBe('\ufeffa,b\r\n"say ""hi""","x,y"\r\n"two\nlines",\r\n');
  });

  it.each(["=1+1", "+49", "-2", "@SUM(A1)", "\tx"])("does not let a spreadsheet run %j", (text) => {
    expect(toCsv(["a"], [[text]])).toContain(`'${text}`);
  });

  it("leaves numbers as numbers", () => {
    expect(toCsv(["n"], [[-5], [1.5]])).toBe("\ufeffn\r\n-5\r\n1.5\r\n");
  });
});
