import type { VersionStatus } from "./version-status";

/** What may happen to a version, and from where. Everything else is refused. */
const TRANSITIONS = {
  submit: { from: ["draft"], to: "in_review" },
  request_changes: { from: ["in_review"], to: "draft" },
  publish: { from: ["in_review"], to: "published" },
  retire: { from: ["published"], to: "retired" },
} as const satisfies Record<string, { from: readonly VersionStatus[]; to: VersionStatus }>;

export type VersionEvent = keyof typeof TRANSITIONS;

/** The status after an event, or null when it may not happen now. */
export function statusAfter(status: VersionStatus, event: VersionEvent): VersionStatus | null {
  const { from, to } = TRANSITIONS[event];
  return (from as readonly VersionStatus[]).includes(status) ? to : null;
}

/** True while text may still change: an edit of a version in review takes it back to draft and voids its approvals. */
export function isEditable(status: VersionStatus): boolean {
  return status === "draft" || status === "in_review";
}

export interface Review {
  reviewerId: string;
  verdict: "approved" | "changes_requested";
  contentHash: string;
}

/** Approvals that count: of exactly this text, by people who did not shape it, the latest word of each. */
export function validApprovals(
  version: { contentHash: string; contributors: readonly string[] },
  reviewsOldestFirst: readonly Review[],
): string[] {
  const latest = new Map(reviewsOldestFirst.map((review) => [review.reviewerId, review]));
  return [...latest.values()]
    .filter(({ verdict, contentHash }) => verdict === "approved" && contentHash === version.contentHash)
    .map(({ reviewerId }) => reviewerId)
    .filter((reviewerId) => !version.contributors.includes(reviewerId));
}

/** How many people have to approve a version before it is published: as many as the pack asks, and never nobody. */
export function approvalsNeeded(obligations: readonly { stages: readonly { quorum: number }[] }[]): number {
  const asked = obligations.flatMap(({ stages }) => stages.map(({ quorum }) => quorum));
  return Math.max(
    1,
    asked.reduce((sum, quorum) => sum + quorum, 0),
  );
}
