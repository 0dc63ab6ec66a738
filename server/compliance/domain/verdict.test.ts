import { describe, expect, it } from "vitest";
import { CONTROLS } from "@/policies/controls";
import { must } from "@/server/kernel/errors";
import type { Json } from "@/server/kernel/json";
import type { CollectedItem } from "./found";
import { statusOf } from "./status";
import { verdictOn } from "./verdict";
import { EVIDENCE_KINDS, type EvidenceKind } from "./words";

const range = { receipts: 10, first: 1, last: 10, heads: 2 };
const incident = { severity: "sev1", acknowledgedAt: "2026-01-01T00:00:00.000Z", entries: 4 };
const provenance = { isOfRelease: true, uncommittedChanges: false };

/** Of each kind: what is good, and each way in which it is bad, or tells neither. */
const CASES: Readonly<Record<EvidenceKind, { good: Json; bad: Json[]; unknown?: Json[] }>> = {
  "policy-snapshot": { good: { revision: "p@1", byOnePerson: 0 }, bad: [{ revision: "p@1", byOnePerson: 1 }] },
  "policy-bundle": {
    good: { revision: "p@1#ab", policy: "p@1", tests: 3 },
    bad: [
      { revision: "p@2#ab", policy: "p@1", tests: 3 },
      { revision: "p@1#ab", policy: "p@1", tests: 0 },
    ],
  },
  "simulation-report": {
    ...{ good: { verdict: "nowhere looser", asked: 9 }, bad: [{ verdict: "looser", asked: 9 }] },
    unknown: [{ verdict: "nowhere looser", asked: 0 }],
  },
  sbom: { good: { components: 2 }, bad: [{ components: 0 }] },
  provenance: {
    good: provenance,
    bad: [
      { ...provenance, isOfRelease: false },
      { ...provenance, uncommittedChanges: true },
    ],
  },
  "test-results": {
    good: { result: "PASSED", failed: 0 },
    bad: [
      { result: "FAILED", failed: 0 },
      { result: "PASSED", failed: 1 },
    ],
  },
  "slo-capture": {
    good: { objectives: 2, behind: 0 },
    bad: [
      { objectives: 2, behind: 1 },
      { objectives: 0, behind: 0 },
    ],
  },
  "incident-report": {
    good: incident,
    bad: [
      { ...incident, acknowledgedAt: null },
      { ...incident, entries: 0 },
    ],
  },
  "drill-report": {
    good: { grade: "passed", missed: [] },
    bad: [
      { grade: "failed", missed: [] },
      { grade: "passed", missed: ["acknowledge"] },
    ],
  },
  "access-review": {
    good: { undecided: 0, isLate: false },
    bad: [
      { undecided: 1, isLate: false },
      { undecided: 0, isLate: true },
    ],
  },
  "change-sample": { good: { withoutOtherReviewer: 0 }, bad: [{ withoutOtherReviewer: 1 }] },
  "backup-drill": { good: { outcome: "pass" }, bad: [{ outcome: "fail" }], unknown: [{ outcome: "unknown" }] },
  "receipt-range": {
    ...{ good: range, bad: [{ ...range, receipts: 9 }], unknown: [{ ...range, heads: 0 }] },
  },
  "drift-report": {
    good: { open: 0, isFailed: false },
    bad: [
      { open: 1, isFailed: false },
      { open: 1, isFailed: true },
    ],
    unknown: [{ open: 0, isFailed: true }],
  },
  "control-probes": {
    good: { fail: 0, unknown: 0 },
    bad: [{ fail: 1, unknown: 3 }],
    unknown: [{ fail: 0, unknown: 1 }],
  },
  "audit-report": { good: { verdict: "pass" }, bad: [{ verdict: "fail" }], unknown: [{ verdict: "unknown" }] },
};

describe.each(EVIDENCE_KINDS)("evidence of the kind %s", (kind) => {
  const { good, bad, unknown = [] } = CASES[kind];

  it("is good news or bad", () => {
    expect(verdictOn(kind, good)).toEqual({ says: "good", because: "" });
    for (const facts of bad) expect(verdictOn(kind, facts)).not.toMatchObject({ because: "" });
    for (const facts of unknown) expect(verdictOn(kind, facts).says).toBe("unknown");
  });

  it.each([[{}], [null], ["text"], [[1]], [{ outcome: 1, verdict: 1, open: "none" }]])(
    "says nothing by %j",
    (facts) => {
      expect(verdictOn(kind, facts).says).toBe("unknown");
    },
  );

  it("turns the control that rests on it", () => {
    const base = must(CONTROLS.controls[0], "there are controls");
    const control = { ...base, probes: [], evidenceKinds: [kind], cadenceDays: 7 };
    const collectedAt = new Date("2026-01-01T00:00:00.000Z");
    const stateBy = (...told: Json[]) => {
      const items = told.map((facts, nth): CollectedItem => ({
        id: String(nth),
        kind,
        title: "Item",
        collectedAt,
        facts,
      }));
      return statusOf(control, { facts: [], items, exceptions: [] }, new Date("2026-01-02T00:00:00.000Z"));
    };
    expect(stateBy(good).state).toBe("passing");
    expect(stateBy({}).state).toBe("unknown");
    for (const facts of bad) {
      expect(stateBy(good, facts).state).toBe("failing");
      expect(stateBy(facts).why[0]?.text).toContain(verdictOn(kind, facts).because);
    }
  });
});

it("of incidents each counts while its turn lasts, and of what is repeated the newest", () => {
  const base = must(CONTROLS.controls[0], "there are controls");
  const stateBy = (kind: EvidenceKind, bad: Json, good: Json, day: number) => {
    const item = (id: string, on: number, facts: Json): CollectedItem => ({
      ...{ id, kind, title: id, facts, collectedAt: new Date(Date.UTC(2026, 0, on)) },
    });
    const control = { ...base, probes: [], evidenceKinds: [kind], cadenceDays: 10 };
    const items = [item("first", 1, bad), item("second", 5, good)];
    return statusOf(control, { facts: [], items, exceptions: [] }, new Date(Date.UTC(2026, 0, day))).state;
  };
  const untaken = { ...incident, acknowledgedAt: null };
  expect(stateBy("incident-report", untaken, incident, 6)).toBe("failing");
  expect(stateBy("incident-report", untaken, incident, 14)).toBe("passing");
  expect(stateBy("drill-report", { grade: "failed", missed: [] }, { grade: "passed", missed: [] }, 6)).toBe("passing");
});
