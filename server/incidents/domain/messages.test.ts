import { describe, expect, it } from "vitest";
import { RATE_MOST, RATE_WINDOW_MS, roomAt } from "./messages";

const now = new Date("2026-03-01T10:00:00Z");
const ago = (...ms: number[]) => ms.map((each) => new Date(now.getTime() - each));

describe("room for another message", () => {
  it.each([
    ["there is with none before", [], null],
    ["there is below the limit", ago(1, 2, 3, 4), null],
    ["there is again when the oldest of so many leaves the window", ago(1, 2, 3, 4, 60_000), RATE_WINDOW_MS - 60_000],
    ["counts none that are out of the window", ago(1, 2, 3, 4, RATE_WINDOW_MS), null],
    ["asks the fifth of more", ago(1, 2, 3, 4, 5, 6, 7), RATE_WINDOW_MS - RATE_MOST],
  ])("%s", (_title, sentAt, inMs) => {
    expect(roomAt(sentAt, now)).toEqual(inMs === null ? null : new Date(now.getTime() + inMs));
  });
});
