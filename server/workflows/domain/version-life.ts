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

/**
 * Who has approved so that it counts: exactly this text, after whatever review last asked for changes, and as somebody who did
 * not shape it and may review still. Submitting the same text again answers no review: it has to be approved anew.
 */
export function validApprovals(
  version: { contentHash: string; contributors: readonly string[] },
  reviewsOldestFirst: readonly Review[],
  mayReview: (reviewerId: string) => boolean,
): string[] {
  const lastObjection = reviewsOldestFirst.findLastIndex(({ verdict }) => verdict === "changes_requested");
  const approvers = reviewsOldestFirst
    .slice(lastObjection + 1)
    .filter(({ contentHash }) => contentHash === version.contentHash)
    .map(({ reviewerId }) => reviewerId);
  return [...new Set(approvers)].filter((id) => !version.contributors.includes(id) && mayReview(id));
}

/** How many people have to approve a version before it is published: as many as the pack asks, and never nobody. */
export function approvalsNeeded(obligations: readonly { stages: readonly { quorum: number }[] }[]): number {
  const asked = obligations.flatMap(({ stages }) => stages.map(({ quorum }) => quorum));
  return Math.max(
    1,
    asked.reduce((sum, quorum) => sum + quorum, 0),
  );
}
