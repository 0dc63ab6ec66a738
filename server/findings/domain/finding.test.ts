import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DUE_DAYS,
  dueAt,
  ESCALATION_DAYS,
  FINDING_STATUSES,
  isSettled,
  SEVERITIES,
  stageAt,
  statusAfterTest,
  statusWhenSeen,
  ticketOf,
  whyNoRetest,
} from "./finding";

const DAY = 86_400_000;
const now = new Date("2026-03-01T12:00:00.000Z");
const inDays = (days: number) => new Date(now.getTime() + days * DAY);
const statuses = fc.constantFrom(...FINDING_STATUSES);

describe("a finding that is tested again", () => {
  const ready = { status: "ready", ownerId: "usr_owner", readyBy: "usr_fixer" } as const;

  it.each([
    ["its owner is refused", ready, "usr_owner", "owner"],
    ["whoever says that it is done is refused", ready, "usr_fixer", "who-did-it"],
    ["a program is refused", ready, null, "nobody"],
    ["a program is refused where nobody owns it", { ...ready, ownerId: null, readyBy: null }, null, "nobody"],
    ["somebody else may", ready, "usr_other", null],
    ["somebody may where nobody owns it", { ...ready, ownerId: null }, "usr_owner", null],
    ["what is not said to be done is not tested", { ...ready, status: "in_progress" }, "usr_other", "not-ready"],
  ] as const)("%s", (_, standing, userId, refused) => {
    expect(whyNoRetest(standing, userId)).toBe(refused);
  });

  it("is let through for nobody who had a hand in it, however it stands", () => {
    const who = fc.constantFrom("a", "b", "c", null);
    fc.assert(
      fc.property(statuses, who, who, who, (status, ownerId, readyBy, userId) => {
        const isLet = whyNoRetest({ status, ownerId, readyBy }, userId) === null;
        const isApart = userId !== null && userId !== ownerId && userId !== readyBy;
        expect(isLet).toBe(status === "ready" && isApart);
      }),
    );
  });

  it("closes only when the test passes", () => {
    expect(statusAfterTest("pass")).toBe("closed");
    expect(statusAfterTest("fail")).toBe("reopened");
    expect(statusAfterTest("unknown")).toBe("ready");
  });
});

describe("a gap that is seen again", () => {
  it.each([
    ["opens what was closed", "closed", null, "reopened"],
    ["opens what was said to be done", "ready", null, "reopened"],
    ["leaves what is worked on", "in_progress", null, "in_progress"],
    ["leaves what is open", "open", null, "open"],
    ["leaves what is accepted for now", "accepted", inDays(1), "accepted"],
    ["opens what was accepted until this moment", "accepted", now, "reopened"],
    ["opens what was accepted until yesterday", "accepted", inDays(-1), "reopened"],
    ["opens what was accepted without a day", "accepted", null, "reopened"],
  ] as const)("%s", (_, status, until, after) => {
    expect(statusWhenSeen(status, until, now)).toBe(after);
  });

  it("is never left as closed", () => {
    const until = fc.option(fc.integer({ min: -400, max: 400 }).map(inDays));
    fc.assert(
      fc.property(statuses, until, (status, acceptedUntil) => {
        expect(statusWhenSeen(status, acceptedUntil, now)).not.toBe("closed");
      }),
    );
  });
});

describe("the day by which a finding is closed", () => {
  it("comes sooner the heavier the finding", () => {
    const days = SEVERITIES.map((severity) => (dueAt(severity, now).getTime() - now.getTime()) / DAY);
    expect(days).toEqual(SEVERITIES.map((severity) => DUE_DAYS[severity]));
    expect(days).toEqual([...days].sort((a, b) => a - b));
  });

  it.each([
    [-1, 0],
    [0, 1],
    [6, 1],
    [7, 2],
    [29, 2],
    [30, 3],
    [300, 3],
  ])("%d days after it, stage %d is reached", (days, stage) => {
    expect(stageAt(now, inDays(days))).toBe(stage);
  });

  it("is passed in stages that only go up", () => {
    const after = fc.integer({ min: -50, max: 400 });
    fc.assert(
      fc.property(after, after, (a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        expect(stageAt(now, inDays(early))).toBeLessThanOrEqual(stageAt(now, inDays(late)));
        expect(stageAt(now, inDays(late))).toBeLessThanOrEqual(ESCALATION_DAYS.length);
      }),
    );
  });
});

it("asks nothing of anybody once it is closed or accepted", () => {
  expect(FINDING_STATUSES.filter(isSettled)).toEqual(["accepted", "closed"]);
});

it("is its own ticket by its number", () => {
  expect(ticketOf(12)).toBe("F-12");
});
