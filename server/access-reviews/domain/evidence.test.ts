import { describe, expect, it } from "vitest";
import { canonicalJson, digestText } from "@/server/kernel/json";
import type { Access } from "./access";
import { type EvidenceFacts, type EvidenceItem, evidenceOf, evidenceTable, undecidedOf } from "./evidence";

const access: Access = {
  ...{ roles: ["operator"], region: "eu", businessUnit: "general", clearance: "internal", expiresAt: null },
};
const at = new Date("2026-03-01T12:00:00Z");
const item = (name: string, over: Partial<EvidenceItem> = {}): EvidenceItem => ({
  ...{ kind: "member", holderId: `mem_${name}`, verdict: null, comment: "", removedRoles: null, decidedOn: null },
  ...{ decidedBy: null, decidedAt: null, isGone: false },
  snapshot: { name, email: `${name}@x.test`, access, since: at.toISOString(), grant: null, lastSeenAt: null },
  ...over,
});
const decided = { decidedOn: access, decidedBy: "usr_1", decidedAt: at };
const ITEMS = [
  item("ada", { verdict: "keep", ...decided, comment: "Needed." }),
  item("bob", { verdict: "remove", ...decided, removedRoles: ["operator"], decidedOn: { ...access, region: "us" } }),
  item("cyd", { verdict: "remove", ...decided }),
  item("dan", { isGone: true }),
  item("eve"),
];
const facts = (items: readonly EvidenceItem[]): EvidenceFacts => ({
  ...{ tenant: { id: "ten_1", slug: "acme", name: "Acme" }, revision: "r1", closedBy: "user:usr_1", closedAt: at },
  review: {
    ...{ id: "arv_1", title: "Q1", scope: { roles: [], withApiKeys: true }, reviewers: ["usr_1", "usr_gone"] },
    ...{ dueAt: at, openedBy: "user:usr_1", openedAt: at, repeatsMonths: 3, previousId: null },
  },
  people: new Map([["usr_1", { id: "usr_1", name: "Rae", email: "rae@x.test" }]]),
  items,
});

describe("evidenceOf", () => {
  it("says of each what became of it, and counts them", () => {
    const { items, counts, review } = evidenceOf(facts(ITEMS));
    expect(items.map(({ outcome }) => outcome)).toEqual([
      ...["kept", "removed", "removed", "ended-before-decided", "undecided"],
    ]);
    expect(counts).toEqual({ all: 5, kept: 1, removed: 2, undecided: 1, endedBeforeDecided: 1 });
    expect(review.outcome).toBe("incomplete");
    expect(items.map(({ decision }) => decision?.removed)).toEqual([
      null,
      ["operator"],
      "everything",
      undefined,
      undefined,
    ]);
    expect(items.map(({ decision }) => decision?.changedSinceOpening)).toEqual([
      false,
      true,
      false,
      undefined,
      undefined,
    ]);
    expect(undecidedOf(ITEMS)).toEqual(["eve"]);
  });

  it("is closed where nothing that is still there is undecided", () => {
    expect(evidenceOf(facts(ITEMS.slice(0, 4))).review.outcome).toBe("closed");
  });

  it("comes to the same text of the same facts, and to another when anything is otherwise", () => {
    const digest = (items: readonly EvidenceItem[]) => digestText(canonicalJson(evidenceOf(facts(items))));
    expect(digest(ITEMS)).toBe(digest([...ITEMS]));
    expect(digest(ITEMS.with(0, item("ada", { verdict: "keep", ...decided, comment: "Needed!" })))).not.toBe(
      digest(ITEMS),
    );
  });
});

describe("evidenceTable", () => {
  it("has a cell for each header in each line", () => {
    const { headers, rows } = evidenceTable(evidenceOf(facts(ITEMS)));
    expect(rows.map((row) => row.length)).toEqual(ITEMS.map(() => headers.length));
    const at = (name: string) => rows.map((row) => row[headers.indexOf(name)]);
    expect(at("Removed")).toEqual(["", "operator", "everything", "", ""]);
    expect(at("Changed since opening")).toEqual(["no", "yes", "no", "", ""]);
    expect(at("Decided by")).toEqual(["rae@x.test", "rae@x.test", "rae@x.test", "", ""]);
  });
});
