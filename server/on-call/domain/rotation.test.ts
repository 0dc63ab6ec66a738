import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Override, type Schedule, shiftAt, shiftsFrom } from "./rotation";
import { isZone, momentOf } from "./zone-time";

const HOUR_MS = 3_600_000;
const at = (text: string) => new Date(text);
const berlin: Schedule = {
  ...{ zone: "Europe/Berlin", rotation: "daily", handoffAt: "09:00", startsOn: "2026-03-27", people: ["a", "b", "c"] },
};
const over = (userId: string, startsAt: string, endsAt: string, createdAt = "2026-01-01T00:00:00Z"): Override => ({
  ...{ userId, startsAt: at(startsAt), endsAt: at(endsAt), createdAt: at(createdAt) },
});

describe("who is on call", () => {
  it.each([
    ["nobody before it begins", "2026-03-27T07:59:59Z", null],
    ["the first from the first hand-off on", "2026-03-27T08:00:00Z", "a"],
    ["the second a day later", "2026-03-28T08:00:00Z", "b"],
    ["still the second in winter time's last hour", "2026-03-29T06:59:59Z", "b"],
    ["the third at nine by summer time", "2026-03-29T07:00:00Z", "c"],
    ["the first again after all had their turn", "2026-03-30T07:00:00Z", "a"],
  ])("is %s", (_title, moment, who) => {
    expect(shiftAt(berlin, [], at(moment))?.userId ?? null).toBe(who);
  });

  it.each([
    ["a night that loses an hour is 23 h long", "2026-03-28T12:00:00Z", 23],
    ["one that gains an hour is 25 h long", "2026-10-24T12:00:00Z", 25],
    ["any other is 24 h long", "2026-06-01T12:00:00Z", 24],
  ])("%s", (_title, moment, hours) => {
    const shift = shiftAt(berlin, [], at(moment));
    expect((Number(shift?.until) - Number(shift?.from)) / HOUR_MS).toBe(hours);
  });

  it("hands over once where the clocks show the time twice, at the first", () => {
    const night = { ...berlin, handoffAt: "02:30" };
    expect(shiftAt(night, [], at("2026-10-25T00:29:59Z"))?.userId).not.toBe(
      shiftAt(night, [], at("2026-10-25T00:30:00Z"))?.userId,
    );
    expect(shiftAt(night, [], at("2026-10-25T00:30:00Z"))).toEqual(shiftAt(night, [], at("2026-10-25T01:15:00Z")));
  });

  it("hands over an hour later where the clocks leave the time out", () => {
    const night = { ...berlin, handoffAt: "02:30" };
    expect(shiftAt(night, [], at("2026-03-29T01:00:00Z"))?.until).toEqual(at("2026-03-29T01:30:00Z"));
  });

  it("changes by the week on the day of the week that it began with", () => {
    const weekly = { ...berlin, rotation: "weekly", startsOn: "2026-03-02" } as const;
    expect(shiftAt(weekly, [], at("2026-03-30T06:59:00Z"))).toMatchObject({
      ...{ userId: "a", from: at("2026-03-23T08:00:00Z"), until: at("2026-03-30T07:00:00Z") },
    });
    expect(shiftAt(weekly, [], at("2026-03-30T07:00:00Z"))?.userId).toBe("b");
  });

  it("is whom an override names, of several the one made last, and cuts the turns around it", () => {
    const [early, late] = [
      over("x", "2026-03-28T10:00:00Z", "2026-03-28T20:00:00Z"),
      over("y", "2026-03-28T12:00:00Z", "2026-03-28T14:00:00Z", "2026-01-02T00:00:00Z"),
    ];
    const shifts = shiftsFrom(berlin, [early, late], at("2026-03-28T08:00:00Z"), 6);
    expect(shifts.map(({ userId, from, until }) => [userId, from.getUTCHours(), until.getUTCHours()])).toEqual([
      ...[
        ["b", 8, 10],
        ["x", 10, 12],
        ["y", 12, 14],
        ["x", 14, 20],
        ["b", 20, 7],
        ["c", 7, 7],
      ],
    ]);
  });

  it("covers a time before its beginning by an override alone", () => {
    expect(
      shiftsFrom(berlin, [over("x", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")], at("2026-01-01T05:00:00Z"), 3),
    ).toMatchObject([{ userId: "x", isOverride: true }]);
  });
});

const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "UTC"];
const schedules = fc.record({
  zone: fc.constantFrom(...zones),
  rotation: fc.constantFrom("daily" as const, "weekly" as const),
  handoffAt: fc
    .tuple(fc.nat(23), fc.nat(59))
    .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":")),
  startsOn: fc.constant("2025-01-01"),
  people: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
});
const moments = fc.date({ min: at("2025-02-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z"), noInvalidDate: true });
const overrides = fc.array(
  fc.tuple(moments, fc.integer({ min: 1, max: 400 }), moments).map(([startsAt, hours, createdAt]) => ({
    ...{ userId: "over", startsAt, endsAt: new Date(+startsAt + hours * HOUR_MS), createdAt },
  })),
  { maxLength: 4 },
);

describe("turns, whatever the zone", () => {
  it("lie in the time they say, and everybody in it reads the same one", () => {
    fc.assert(
      fc.property(
        schedules,
        overrides,
        moments,
        fc.float({ min: 0, max: Math.fround(0.999), noNaN: true }),
        (schedule, others, moment, part) => {
          const shift = shiftAt(schedule, others, moment);
          if (shift === null) throw new Error("somebody is on call after the beginning");
          expect(+shift.from <= +moment && +moment < +shift.until).toBe(true);
          const within = new Date(+shift.from + Math.floor(part * (+shift.until - +shift.from)));
          expect(shiftAt(schedule, others, within)).toEqual(shift);
        },
      ),
    );
  });

  it("follow one another without gap or overlap, each person as often as any other", () => {
    fc.assert(
      fc.property(schedules, moments, (schedule, moment) => {
        const shifts = shiftsFrom(schedule, [], moment, schedule.people.length * 2);
        for (const [place, shift] of shifts.entries()) {
          const next = shifts[place + 1];
          if (next !== undefined) expect(next.from).toEqual(shift.until);
          const hours = (+shift.until - +shift.from) / HOUR_MS;
          expect(Math.abs(hours - (schedule.rotation === "daily" ? 24 : 168))).toBeLessThanOrEqual(1);
        }
        for (const person of schedule.people) expect(shifts.filter(({ userId }) => userId === person)).toHaveLength(2);
      }),
    );
  });

  it("begin when the zone's clocks show the hand-off", () => {
    expect(momentOf("America/New_York", 20_520, 540)).toEqual(at("2026-03-08T13:00:00Z"));
    expect(momentOf("Asia/Kolkata", 20_520, 0)).toEqual(at("2026-03-07T18:30:00Z"));
    expect([isZone("Europe/Berlin"), isZone("Mars/Olympus")]).toEqual([true, false]);
  });
});
