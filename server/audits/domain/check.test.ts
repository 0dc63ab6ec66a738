import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTROL_STATES } from "@/server/compliance/domain/status";
import { PROBES } from "@/server/compliance/domain/words";
import { CHECKS, gapOf, OUTCOMES, outcomeOf, worstOf } from "./check";

const outcomes = fc.constantFrom(...OUTCOMES);

describe("the checks of an audit", () => {
  it("run every probe of the catalogue once", () => {
    expect(CHECKS.flatMap(({ probes }) => probes as readonly string[]).toSorted()).toEqual([...PROBES].toSorted());
  });
});

describe("what a check comes to", () => {
  it("passes only where all of it passes, and something was looked at", () => {
    fc.assert(
      fc.property(fc.array(outcomes), (all) => {
        const worst = worstOf(all);
        expect(worst === "pass").toBe(all.length > 0 && all.every((each) => each === "pass"));
        if (all.includes("fail")) expect(worst).toBe("fail");
      }),
    );
  });

  it("takes no state of a control for a pass but passing", () => {
    expect(CONTROL_STATES.filter((state) => outcomeOf(state) === "pass")).toEqual(["passing"]);
  });
});

describe("a gap", () => {
  const control = { id: "MC-LM-01", title: "The record cannot be changed unseen" };
  const found = { key: "receipts-chained", control, reason: "A link is gone." };

  it("is no gap where all holds", () => {
    expect(gapOf({ ...found, outcome: "pass" })).toBeNull();
  });

  it("weighs by what it is about, and little where nobody can tell", () => {
    expect(gapOf({ ...found, outcome: "fail" })).toMatchObject({ severity: "critical", detail: "A link is gone." });
    expect(gapOf({ ...found, key: "slos-counted", outcome: "fail" })).toMatchObject({ severity: "medium" });
    expect(gapOf({ ...found, outcome: "unknown" })).toMatchObject({ severity: "low", key: "receipts-chained" });
  });
});
