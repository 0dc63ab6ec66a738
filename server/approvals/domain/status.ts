/** How a request for approval stands; all but the first are ends. */
export const APPROVAL_STATUSES = ["pending", "approved", "rejected", "expired", "void"] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

export const APPROVAL_VERDICTS = ["approved", "rejected"] as const;
export type ApprovalVerdict = (typeof APPROVAL_VERDICTS)[number];
