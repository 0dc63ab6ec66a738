import { describe, expect, it } from "vitest";
import { askedText, auditorState, refuseEnd } from "./auditor";

const now = new Date("2026-11-27T12:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const DAY_MS = 86_400_000;

describe("refuseEnd", () => {
  it.each([
    ["now", 0, false],
    ["a millisecond ahead", 1, true],
    ["90 days ahead", 90 * DAY_MS, true],
    ["a millisecond more", 90 * DAY_MS + 1, false],
  ])("of an end %s", (_title, ms, isTaken) => {
    expect(refuseEnd(later(ms), now) === null).toBe(isTaken);
  });
});

describe("auditorState", () => {
  it.each([
    [{ endsAt: later(1), endedAt: null }, "active"],
    [{ endsAt: now, endedAt: null }, "over"],
    [{ endsAt: now, endedAt: now }, "over"],
    [{ endsAt: later(1), endedAt: now }, "ended"],
  ])("of %j is %s", (grant, state) => {
    expect(auditorState(grant, now)).toBe(state);
  });
});

describe("askedText", () => {
  it("is the same for the same question, and short", () => {
    expect(askedText({ b: 1, a: undefined, c: "x" })).toBe(askedText({ c: "x", b: 1 }));
    expect(askedText(undefined)).toBe("{}");
    expect(askedText({ text: "x".repeat(600) })).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});
