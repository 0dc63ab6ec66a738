import { describe, expect, it } from "vitest";
import { dueSlots, nextSlots, scheduleFault } from "./schedule";

const berlin = (cron: string) => ({ cron, zone: "Europe/Berlin" });
const after = (cron: string, from: string, most = 3) =>
  nextSlots(berlin(cron), new Date(from), most).map((slot) => slot.toISOString().slice(5, 16));

describe("a schedule", () => {
  it.each(["* * * * *", "*/5 8-18 * * 1-5", "0 9 1 * *", "30 2 * * MON"])("may be %s", (cron) => {
    expect(scheduleFault(berlin(cron))).toBeNull();
  });

  it.each<[string, string, string, RegExp]>([
    ["each second", "* * * * * *", "UTC", /five fields/],
    ["a nickname", "@hourly", "UTC", /five fields/],
    ["nothing", "", "UTC", /five fields/],
    ["words", "every day at nine o'clock", "UTC", /no cron expression/],
    ["a minute that there is not", "61 * * * *", "UTC", /no cron expression/],
    ["a day that never comes", "0 0 30 2 *", "UTC", /never comes/],
    ["a zone that there is not", "0 9 * * *", "Mars/Olympus", /time zone/],
  ])("is not %s", (_what, cron, zone, words) => {
    expect(scheduleFault({ cron, zone })?.message).toMatch(words);
  });
});

// Clocks in Berlin go from 2:00 to 3:00 on 29 March 2026 at 01:00 UTC, and from 3:00 back to 2:00 on 25 October at 01:00 UTC.
describe("the slots of a schedule in Berlin", () => {
  it("come at the end of the gap when the clocks go forward, for a time that the day does not have", () => {
    expect(after("30 2 * * *", "2026-03-28T00:00Z")).toEqual(["03-28T01:30", "03-29T01:00", "03-30T00:30"]);
  });

  it("come once, the first time, for a time that the day has twice", () => {
    expect(after("30 2 * * *", "2026-10-24T00:00Z")).toEqual(["10-24T00:30", "10-25T00:30", "10-26T01:30"]);
  });

  it("keep to the wall before and after the change, for a time that each day has", () => {
    expect(after("0 9 * * *", "2026-03-28T00:00Z")).toEqual(["03-28T08:00", "03-29T07:00", "03-30T07:00"]);
  });

  it("go on evenly through the gap and through the hour that comes twice, for every half hour", () => {
    expect(after("*/30 * * * *", "2026-03-29T00:10Z")).toEqual(["03-29T00:30", "03-29T01:00", "03-29T01:30"]);
    expect(after("*/30 * * * *", "2026-10-25T00:10Z", 4)).toEqual([
      ...["10-25T00:30", "10-25T01:00", "10-25T01:30", "10-25T02:00"],
    ]);
  });
});

describe("the slots that are due", () => {
  const at = (text: string) => new Date(`2026-06-01T${text}Z`);
  const due = (cron: string, catchUp: "skip" | "latest", waitedFor: string, now: string) => {
    const slots = dueSlots({ cron, zone: "UTC", catchUp }, at(waitedFor), at(now));
    return [slots.due.map((slot) => slot.toISOString().slice(11, 16)), slots.next?.toISOString().slice(11, 16)];
  };

  it.each(["skip", "latest"] as const)("is the one that came a moment ago (%s)", (catchUp) => {
    expect(due("0 * * * *", catchUp, "09:00:00", "09:00:20")).toEqual([["09:00"], "10:00"]);
  });

  it("are all of the last five minutes, each once", () => {
    expect(due("* * * * *", "skip", "09:00:00", "09:03:10")).toEqual([["09:00", "09:01", "09:02", "09:03"], "09:04"]);
    expect(due("* * * * *", "skip", "09:02:00", "09:03:10")).toEqual([["09:02", "09:03"], "09:04"]);
  });

  it("are none of those that were missed, where it skips", () => {
    expect(due("0 * * * *", "skip", "03:00:00", "09:30:00")).toEqual([[], "10:00"]);
  });

  it("are the last of those that were missed, where it catches up", () => {
    expect(due("0 * * * *", "latest", "03:00:00", "09:30:00")).toEqual([["09:00"], "10:00"]);
  });

  it("are not caught up beside one that is on time", () => {
    expect(due("0 * * * *", "latest", "03:00:00", "09:00:01")).toEqual([["09:00"], "10:00"]);
  });
});
