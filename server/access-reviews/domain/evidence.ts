import type { Role } from "@/policies/access/vocabulary";
import { type Access, accessHash, type ReviewScope, type Snapshot } from "./access";
import type { AccessVerdict, HolderKind } from "./status";

export interface Person {
  id: string;
  name: string | null;
  email: string;
}

/** An item as its row says it, with whether its holder is still there. */
export interface EvidenceItem {
  kind: HolderKind;
  holderId: string;
  snapshot: Snapshot;
  verdict: AccessVerdict | null;
  comment: string;
  removedRoles: readonly Role[] | null;
  decidedOn: Access | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** Its access ended otherwise before anybody decided. */
  isGone: boolean;
}

export interface EvidenceFacts {
  tenant: { id: string; slug: string; name: string };
  /** Of the policy under which it was closed. */
  revision: string;
  review: {
    id: string;
    title: string;
    scope: ReviewScope;
    reviewers: readonly string[];
    dueAt: Date;
    openedBy: string;
    openedAt: Date;
    repeatsMonths: number | null;
    previousId: string | null;
  };
  closedBy: string;
  closedAt: Date;
  people: ReadonlyMap<string, Person>;
  items: readonly EvidenceItem[];
}

type Outcome = "kept" | "removed" | "ended-before-decided" | "undecided";

const outcomeOf = ({ verdict, isGone }: EvidenceItem): Outcome => {
  if (verdict !== null) return verdict === "keep" ? "kept" : "removed";
  return isGone ? "ended-before-decided" : "undecided";
};

/** What nobody decided about, and should have. */
export const undecidedOf = (items: readonly EvidenceItem[]) =>
  items.filter((item) => outcomeOf(item) === "undecided").map(({ snapshot }) => snapshot.name);

/**
 * All that a review was, as one JSON value: whom it looked at, what they had, who decided what and when, and what changed.
 * Its canonical JSON is the evidence record; the closing receipt holds that text's SHA-256.
 */
export function evidenceOf({ tenant, revision, review, closedBy, closedAt, people, items }: EvidenceFacts) {
  const person = (id: string) => people.get(id) ?? { id, name: null, email: "" };
  const rows = items.map((item) => ({
    holder: { kind: item.kind, id: item.holderId },
    snapshot: item.snapshot,
    outcome: outcomeOf(item),
    decision:
      item.verdict === null || item.decidedBy === null || item.decidedAt === null || item.decidedOn === null
        ? null
        : {
            verdict: item.verdict,
            removed: item.verdict === "keep" ? null : (item.removedRoles ?? "everything"),
            comment: item.comment,
            by: person(item.decidedBy),
            at: item.decidedAt.toISOString(),
            on: item.decidedOn,
            changedSinceOpening: accessHash(item.decidedOn) !== accessHash(item.snapshot.access),
          },
  }));
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  const undecided = count("undecided");
  return {
    format: "conductor.access-review/1",
    tenant,
    review: {
      ...{ id: review.id, title: review.title, scope: review.scope, previousId: review.previousId },
      ...{ reviewers: review.reviewers.map(person), repeatsMonths: review.repeatsMonths },
      ...{ dueAt: review.dueAt.toISOString(), openedBy: review.openedBy, openedAt: review.openedAt.toISOString() },
      ...{ closedBy, closedAt: closedAt.toISOString(), outcome: undecided === 0 ? "closed" : "incomplete" },
    },
    policyRevision: revision,
    counts: {
      ...{ all: rows.length, kept: count("kept"), removed: count("removed"), undecided },
      endedBeforeDecided: count("ended-before-decided"),
    },
    items: rows,
  } as const;
}

export type Evidence = ReturnType<typeof evidenceOf>;

const HEADERS = [
  ...["Kind", "Id", "Name", "E-mail", "Roles at opening", "Region", "Business unit", "Clearance", "Since"],
  ...["Granted by", "Granted at", "Last seen", "Outcome", "Removed", "Roles when decided", "Changed since opening"],
  ...["Decided by", "Decided at", "Comment"],
];

/** The same as a table: its headers, and a line for each item. */
export function evidenceTable({ items }: Evidence): { headers: string[]; rows: string[][] } {
  const words = (roles: readonly string[]) => roles.join(" ");
  const rows = items.map(({ holder, snapshot, outcome, decision }) => {
    const { access, grant } = snapshot;
    const removed = decision?.removed ?? "";
    return [
      ...[holder.kind, holder.id, snapshot.name, snapshot.email ?? "", words(access.roles), access.region],
      ...[access.businessUnit, access.clearance, snapshot.since, grant?.name ?? "", grant?.at ?? ""],
      ...[snapshot.lastSeenAt ?? "", outcome, typeof removed === "string" ? removed : words(removed)],
      ...(decision === null ? ["", ""] : [words(decision.on.roles), decision.changedSinceOpening ? "yes" : "no"]),
      ...[decision?.by.email ?? "", decision?.at ?? "", decision?.comment ?? ""],
    ];
  });
  return { headers: HEADERS, rows };
}
