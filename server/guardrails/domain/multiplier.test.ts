import { expect, it } from "vitest";
import { rejectionChance } from "./client-throttle";
import { afterSignal, type Signal } from "./multiplier";

it("halves on a fast burn, recovers by steps, and stays between its floor and one", () => {
  const after = (from: number, ...signals: Signal[]) =>
    signals.reduce((m, signal) => afterSignal(m, signal, 0.1), from);
  expect([after(1, "fast"), after(1, "slow"), after(1, "warn")]).toEqual([0.5, 0.75, 0.9]);
  expect(after(0.15, "fast")).toBe(0.1);
  expect(after(0.98, "ok")).toBe(1);
  expect(after(0.1, ...Array<Signal>(6).fill("ok"))).toBe(0.4);
});

it.each([
  [100, 50, 0],
  [100, 40, 0.19802],
  [100, 0, 0.9901],
  [0, 0, 0],
])("of %i requests %i were accepted: a chance of %d", (requests, accepts, chance) => {
  expect(rejectionChance({ requests, accepts, k: 2 })).toBeCloseTo(chance, 5);
});
