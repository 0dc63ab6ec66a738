import { describe, expect, it } from "vitest";
import { isOverdue, monthsLater, reminderAt } from "./schedule";

const due = new Date("2026-03-10T12:00:00Z");
const at = (text: string) => new Date(text);

describe("reminderAt", () => {
  it.each([
    ["2026-03-07T11:59:59Z", null],
    ["2026-03-07T12:00:00Z", "soon"],
    ["2026-03-10T11:59:59Z", "soon"],
    ["2026-03-10T12:00:00Z", "overdue-0"],
    ["2026-03-17T11:59:59Z", "overdue-0"],
    ["2026-03-17T12:00:00Z", "overdue-1"],
    ["2026-04-10T12:00:00Z", "overdue-4"],
  ])("at %s asks for %s", (now, name) => expect(reminderAt(due, at(now))?.name ?? null).toBe(name));
});

describe("isOverdue", () => {
  it("holds from the due moment on, and only while it is open", () => {
    expect(isOverdue({ status: "open", dueAt: due }, at("2026-03-10T11:59:59.999Z"))).toBe(false);
    expect(isOverdue({ status: "open", dueAt: due }, due)).toBe(true);
    expect(isOverdue({ status: "closed", dueAt: due }, at("2027-01-01T00:00:00Z"))).toBe(false);
  });
});

describe("monthsLater", () => {
  it.each([
    ["2026-01-15T08:30:00Z", 3, "2026-04-15T08:30:00.000Z"],
    ["2026-11-30T08:30:00Z", 3, "2027-02-28T08:30:00.000Z"],
    ["2027-11-30T08:30:00Z", 3, "2028-02-29T08:30:00.000Z"],
    ["2026-12-31T23:59:59Z", 12, "2027-12-31T23:59:59.000Z"],
  ])("%s and %i months is %s", (from, months, to) => expect(monthsLater(at(from), months).toISOString()).toBe(to));
});
