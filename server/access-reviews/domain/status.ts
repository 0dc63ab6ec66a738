/** How a review of access stands: `incomplete` is closed with something undecided, which its evidence names. */
export const REVIEW_STATUSES = ["open", "closed", "incomplete"] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

export const ACCESS_VERDICTS = ["keep", "remove"] as const;
export type AccessVerdict = (typeof ACCESS_VERDICTS)[number];

/** Who or what has the access that is reviewed. */
export const HOLDER_KINDS = ["member", "api_key"] as const;
export type HolderKind = (typeof HOLDER_KINDS)[number];

/** Months after which a review is opened anew. */
export const REPEATS_MONTHS = [1, 3, 6, 12] as const;
