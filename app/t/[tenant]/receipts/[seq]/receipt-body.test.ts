import { describe, expect, it } from "vitest";
import { readBody } from "./receipt-body";

describe("a receipt's body", () => {
  it("says which rules allowed it, and what was special about it", () => {
    const body = { action: "run.start", rules: ["run-operate"], revision: "r1", requestId: "req_1", detail: { a: 1 } };
    expect(readBody(body)).toMatchObject({
      rules: ["run-operate"],
      revision: "r1",
      detail: { a: 1 },
      inputDigest: null,
    });
  });

  it.each([[{ requestId: "req_1" }], [{ rules: "none", revision: 7 }], ["text"], [null], [[1, 2]]])(
    "is read as far as it goes: %j",
    (body) => {
      expect(readBody(body)).toMatchObject({ rules: [], revision: null, detail: null });
    },
  );
});
