import { expect, it } from "vitest";
import { exceptionFault, exceptionState } from "./exception";

const now = new Date("2026-01-10T00:00:00.000Z");
const on = (day: number) => new Date(now.getTime() + day * 86_400_000);

it.each([
  ["before its day", { expiresAt: on(1), endedAt: null }, "in-force"],
  ["on its day", { expiresAt: on(0), endedAt: null }, "expired"],
  ["once somebody ended it", { expiresAt: on(1), endedAt: on(0) }, "ended"],
  ["before somebody ended it", { expiresAt: on(2), endedAt: on(1) }, "in-force"],
] as const)("an exception %s", (_when, exception, state) => {
  expect(exceptionState(exception, now)).toBe(state);
});

it.each([
  [0, "must lie ahead"],
  [1, null],
  [365, null],
  [366, "must come within 365 days"],
])("an exception of %i days", (days, fault) => {
  expect(exceptionFault(on(days), now)).toBe(fault);
});
