import { describe, expect, it } from "vitest";
import { isFutureDated } from "./signature-time";

const NOW = new Date("2026-11-26T12:00:00Z");
const at = (seconds: number) => `t=${NOW.getTime() / 1000 + seconds},v1=00`;

describe("the time of a signature", () => {
  it.each([
    ["now", at(0), false],
    ["five minutes ahead, as clocks differ", at(300), false],
    ["a second more", at(301), true],
    ["an hour ahead, which the SDK takes", at(3_000), true],
    ["five minutes ago, which the SDK judges", at(-300), false],
    ["no time", "v1=00", true],
    ["a time that is no number", "t=soon,v1=00", true],
  ])("%s", (_what, header, expected) => {
    expect(isFutureDated(header, NOW)).toBe(expected);
  });
});
