import { describe, expect, it } from "vitest";
import { readReceiptsParams } from "./search-params";

describe("the address of the receipts page", () => {
  it("names a place in the chain and a subject", () => {
    expect(readReceiptsParams({ before: "41", subject: "run:run_1" })).toEqual({ before: 41, subject: "run:run_1" });
  });

  it.each([{ before: "-1" }, { before: "x" }, { subject: "no subject" }, { subject: ["a:b", "c:d"] }, {}])(
    "shows the newest of all for %j",
    (params) => {
      expect(readReceiptsParams(params)).toEqual({ before: undefined, subject: undefined });
    },
  );
});
