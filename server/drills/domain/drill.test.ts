import { expect, it } from "vitest";
import { DRILL_GOALS, type DrillMitigation, type Durations, gradeOf, missedStages } from "./drill";

const inTime: Durations = {
  ...{ detected: 1, opened: 2, notified: 3, mitigated: 4 },
  ...{ measured: 5, undone: 6, resolved: 7 },
};
const figures = { at: "", atWork: 0, running: 0, queued: 0, limit: 1, burnRates: {} };
const mitigations: DrillMitigation[] = [{ words: "Throttle", wouldHold: 0, before: figures, after: figures }];
const notifications = [{ channel: "email", userId: "usr_1", state: "sent", why: null }] as const;

it("passes where everything came in time", () => {
  expect(gradeOf(inTime, { notifications, mitigations })).toEqual({ grade: "passed", missed: [], notes: [] });
});

it("fails a stage that did not come to pass, and one that came a millisecond late", () => {
  expect(missedStages({ ...inTime, notified: null, opened: DRILL_GOALS.opened + 1 })).toEqual(["opened", "notified"]);
  expect(missedStages({ ...inTime, opened: DRILL_GOALS.opened })).toEqual([]);
  expect(gradeOf({ ...inTime, resolved: null }, { notifications, mitigations }).grade).toBe("failed");
});

it("fails where nobody was told, a message was not sent, or no rule mitigates", () => {
  const unsent = [{ ...notifications[0], state: "not sent", why: "no mail server" }] as const;
  expect(gradeOf(inTime, { notifications: [], mitigations })).toMatchObject({ grade: "failed", missed: [] });
  expect(gradeOf(inTime, { notifications: unsent, mitigations }).notes).toEqual(["1 of 1 messages were not sent."]);
  expect(gradeOf(inTime, { notifications, mitigations: [] }).grade).toBe("failed");
});
