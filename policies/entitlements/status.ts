/** Every status that a subscription has at Stripe, as its API of 2026-10-28 lists them; licences and overrides use some. */
export const STATUSES = [
  ...(["trialing", "active", "past_due", "unpaid"] as const),
  ...(["incomplete", "incomplete_expired", "paused", "canceled"] as const),
] as const;
export type Status = (typeof STATUSES)[number];

/** Days from the first failed payment in which all goes on; retries do not move it. */
export const GRACE_DAYS = 7;
/** Days after the end in which what is kept may be fetched. */
export const EXPORT_DAYS = 30;
/** Days before a trial's end from which a banner says so. */
export const TRIAL_NOTICE_DAYS = 3;

/** The most that a trial has, whatever plan it tries. */
export const TRIAL_CAPS = {
  ...{ seats: 5, runsPerMonth: 1_000, concurrentRuns: 5, wuIncluded: 10_000, wuCap: 10_000, retentionMonths: 3 },
} as const;

interface StatusRow {
  /** What of the paid features there is: of the plan, of what was before, to be read only, or nothing. */
  features: "plan" | "plan until grace ends" | "read-only" | "previous" | "none";
  /** Whether a new run may start; one that runs already finishes in any case. */
  newRuns: "yes" | "capped" | "until grace ends" | "previous" | "no";
  note: string;
}

/** What each status gives. Code decides by it, and the reference page is made from it. */
export const STATUS_ACCESS: Readonly<Record<Status, StatusRow>> = {
  trialing: {
    ...{ features: "plan", newRuns: "capped" },
    note: `Limits of a trial at most. A banner from ${TRIAL_NOTICE_DAYS} days before its end; in a trial without a card from its first day.`,
  },
  active: {
    ...{ features: "plan", newRuns: "yes" },
    note: "Also when cancelled to the end of the period: full until then, with a banner.",
  },
  past_due: {
    ...{ features: "plan until grace ends", newRuns: "until grace ends" },
    note: `Grace is ${GRACE_DAYS} days from the first failed payment; then read-only. What runs finishes.`,
  },
  unpaid: { features: "read-only", newRuns: "no", note: "All tries to be paid are over. Nothing is deleted." },
  incomplete: {
    ...{ features: "previous", newRuns: "previous" },
    note: "The first payment is not through, for 23 hours at most: what was before counts on.",
  },
  incomplete_expired: {
    ...{ features: "none", newRuns: "no" },
    note: "The first payment never came. It does not come back: a new checkout is needed.",
  },
  paused: { features: "read-only", newRuns: "no", note: "No invoices meanwhile. Not the same as paused collection." },
  canceled: {
    ...{ features: "none", newRuns: "no" },
    note: `What is kept may be exported for ${EXPORT_DAYS} days after the end. Duties to keep evidence go on.`,
  },
};

/** What a status gives that this release does not know: nothing new, and somebody is to look. */
export const UNKNOWN_STATUS: StatusRow = {
  ...{ features: "read-only", newRuns: "no" },
  note: "A status that this release does not know: restricted, and the operator is told.",
};

export const isStatus = (word: string): word is Status => Object.hasOwn(STATUS_ACCESS, word);
