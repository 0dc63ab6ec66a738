import { describe, expect, it } from "vitest";
import { admission, afterFailure, CIRCUIT, type Circuit } from "./circuit";

const { failures: MOST, windowMs, pauseMs, pauseMsMost } = CIRCUIT;

/** So many failures, each some milliseconds after the one before. */
function fail(count: number, everyMs: number, from: { circuit?: Circuit; at?: number } = {}) {
  let { circuit, at: now = 0 } = from;
  for (let nth = 0; nth < count; nth += 1) {
    now += everyMs;
    circuit = afterFailure(circuit, { beganAt: now - everyMs, now, isTry: false });
  }
  if (circuit === undefined) throw new Error("nothing failed");
  return { circuit, now };
}

describe("a circuit", () => {
  it("opens with the last of so many failures in a row, and lets one through after its pause", () => {
    const before = fail(MOST - 1, 1_000);
    expect(admission(before.circuit, before.now)).toBe("go");
    const { circuit, now } = fail(1, 1_000, { circuit: before.circuit, at: before.now });
    expect(admission(circuit, now)).toBe("refuse");
    expect(admission(circuit, now + pauseMs - 1)).toBe("refuse");
    expect(admission(circuit, now + pauseMs)).toBe("try");
  });

  it.each<[string, number, number]>([
    ["one bad answer", 1, 1_000],
    ["fewer than so many", MOST - 1, 1_000],
    ["many that fail in the same moment", MOST * 5, 1],
    ["failures with long times between", MOST * 5, windowMs + 1],
  ])("stays closed for %s", (_what, count, everyMs) => {
    const { circuit, now } = fail(count, everyMs);
    expect(admission(circuit, now)).toBe("go");
  });

  it("counts attempts that wait side by side by when they began", () => {
    let circuit: Circuit | undefined;
    for (let nth = 0; nth < MOST; nth += 1)
      circuit = afterFailure(circuit, { beganAt: 0, now: 10_000 + nth, isTry: false });
    expect(admission(circuit, 10_100)).toBe("refuse");
  });

  it("stays open twice as long each time that the one let through fails, up to a bound", () => {
    let { circuit, now } = fail(MOST, 1_000);
    for (const longer of [2, 4, 8, 100, 100].map((times) => Math.min(times * pauseMs, pauseMsMost))) {
      now = circuit.openUntil ?? 0;
      circuit = afterFailure(circuit, { beganAt: now, now, isTry: true });
      expect(circuit.openUntil).toBe(now + longer);
    }
  });

  it("is not kept open by those that began before it opened", () => {
    const { circuit, now } = fail(MOST, 1_000);
    expect(afterFailure(circuit, { beganAt: now - 500, now: now + 4_000, isTry: false })).toBe(circuit);
  });

  it("begins anew with the first failure after a good answer", () => {
    expect(afterFailure(undefined, { beganAt: 0, now: 5, isTry: false })).toMatchObject({
      failures: 1,
      openUntil: null,
    });
  });
});
