import { describe, expect, it } from "vitest";
import { INCIDENT_STATUSES, isUnresolved, move, nextStatuses, type Reached } from "./status";

const now = new Date("2026-03-01T10:00:00Z");
const before = new Date("2026-03-01T09:00:00Z");
const nothing: Reached = {
  ...{ mitigatedAt: null, resolvedAt: null, closedAt: null, acknowledgedBy: null, acknowledgedAt: null },
};

describe("moving an incident", () => {
  it("goes exactly where the table says, and to where it is already never", () => {
    for (const from of INCIDENT_STATUSES)
      for (const to of INCIDENT_STATUSES) {
        const moved = move(from, to, nothing, now);
        expect([from, to, moved.ok]).toEqual([from, to, nextStatuses(from).includes(to)]);
        if (!moved.ok) expect(moved.reason).toBe(from === to ? "no-change" : "not-from-here");
      }
  });

  it("reaches closed from everywhere, and by way of resolved alone", () => {
    const closers = INCIDENT_STATUSES.filter((from) => nextStatuses(from).includes("closed"));
    expect(closers).toEqual(["resolved"]);
    for (const from of INCIDENT_STATUSES.filter(isUnresolved)) expect(nextStatuses(from)).toContain("resolved");
  });

  it.each([
    ["the first mitigation counts", "open", "mitigated", nothing, { mitigatedAt: now }],
    ["a later one does not", "monitoring", "mitigated", { ...nothing, mitigatedAt: before }, { mitigatedAt: before }],
    ["what is resolved is mitigated", "open", "resolved", nothing, { mitigatedAt: now, resolvedAt: now }],
    ["closing keeps when it was resolved", "resolved", "closed", { ...nothing, resolvedAt: before }, { closedAt: now }],
  ] as const)("%s", (_title, from, to, reached, changes) => {
    expect(move(from, to, reached, now)).toEqual({ ok: true, changes });
  });

  it("takes the ends away on reopening, and the acknowledgement only of what was over", () => {
    const ends = { mitigatedAt: null, resolvedAt: null, closedAt: null };
    const nobody = { acknowledgedBy: null, acknowledgedAt: null };
    expect(move("closed", "open", nothing, now)).toEqual({ ok: true, changes: { ...ends, ...nobody } });
    expect(move("monitoring", "open", nothing, now)).toEqual({ ok: true, changes: ends });
  });
});
