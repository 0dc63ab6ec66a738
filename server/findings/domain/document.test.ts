import { describe, expect, it } from "vitest";
import { findingRows, findingsMarkdown, planOfAction, type FindingEntry, summaryOf } from "./document";

const at = "2026-03-01T00:00:00.000Z";
const tenant = { id: "ten_1", name: "Acme" };
const entry = (over: Partial<FindingEntry> = {}): FindingEntry => ({
  ...{ id: "fnd_1", ticket: "F-1", title: "A secret | is old", detail: "It is two years old.", remedy: "Renew it." },
  ...{ severity: "medium", status: "open", owner: { name: "Olu" }, control: "MC-AC-06", evidenceDigest: "ab" },
  ...{ openedAt: "2026-02-01T00:00:00.000Z", dueAt: "2026-02-20T00:00:00.000Z", closedAt: null, acceptedUntil: null },
  ...over,
});

describe("a document of findings", () => {
  it("counts what is open and overdue", () => {
    const closed = entry({ status: "closed", closedAt: at });
    const later = entry({ dueAt: "2026-04-01T00:00:00.000Z" });
    expect(summaryOf([entry(), closed, later], at)).toBe("3 findings, 2 open, 1 of them overdue.");
    expect(summaryOf([entry()], at)).toContain("1 finding, ");
  });

  it("says in Markdown what was found and what closes it, whatever characters are in it", () => {
    const text = findingsMarkdown({ tenant, at, entries: [entry()] });
    expect(text).toContain("| F-1 | A secret \\| is old | medium | Open | Olu |");
    expect(text).toContain("## F-1: A secret | is old\n\nOpen. It is two years old.\n\nTo close it: Renew it.");
    expect(findingsMarkdown({ tenant, at, entries: [] })).toContain("0 findings, 0 open");
  });

  it("has a row per finding under its columns", () => {
    const [head, row] = findingRows([entry({ owner: null })]);
    expect(row).toHaveLength(head?.length ?? 0);
    expect(row).toContain("nobody yet");
  });

  it("is a plan of action in OSCAL with a deadline and an owner, the same for the same findings", () => {
    const entries = [entry(), entry({ id: "fnd_2", status: "accepted", owner: null })];
    const plan = planOfAction({ tenant, at, entries });
    expect(plan).toMatchObject({
      "plan-of-action-and-milestones": {
        risks: [
          { status: "open", deadline: entry().dueAt, props: [{}, {}, { name: "owner", value: "Olu" }] },
          { status: "deviation-approved" },
        ],
        "poam-items": [{ title: "F-1: A secret | is old" }, {}],
      },
    });
    expect(planOfAction({ tenant, at, entries })).toEqual(plan);
    expect(planOfAction({ tenant, at, entries: [] })).toBeNull();
  });
});
