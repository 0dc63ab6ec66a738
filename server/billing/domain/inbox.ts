/**
 * What became of an event of the seller: it waits for its customer to be fetched, that is done, it concerns nothing here, it
 * is not believed, or it was tried too often.
 */
export const INBOX_STATUSES = ["waiting", "done", "ignored", "quarantined", "dead"] as const;
export type InboxStatus = (typeof INBOX_STATUSES)[number];

/** With what the types of events begin that are about a dispute: they name a charge, and no customer. */
export const DISPUTE_EVENTS = "charge.dispute.";

/** What became of a Checkout that somebody began. */
export const CHECKOUT_STATUSES = ["open", "complete", "expired"] as const;
export type CheckoutStatus = (typeof CHECKOUT_STATUSES)[number];

/**
 * What became of an hour's use: it waits to be told, the seller has it, it came too late, the seller refused it, it is held
 * until somebody has put right why the seller could not count it, or it was taken back there.
 */
export const REPORT_STATUSES = ["waiting", "sent", "late", "refused", "held", "cancelled"] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/**
 * What became of a change of plan: the seller is being told, it waits to be paid, it counts from the renewal on, it counts, it
 * was not paid in time, or something else was ordered in its place.
 */
export const CHANGE_STATUSES = ["ordered", "waiting", "scheduled", "applied", "lapsed", "undone"] as const;
export type ChangeStatus = (typeof CHANGE_STATUSES)[number];

/** What a tenant's administrators are told about its payments. */
export const NOTICE_KINDS = [
  ...(["payment-failed", "action-required", "card-expiring", "recovered"] as const),
  ...(["trial-ending", "ended", "disputed", "dispute-lost"] as const),
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What is looked for at the seller: events that never came, customers that differ, use that was counted otherwise. */
export const LOOKS = ["events", "customers", "usage"] as const;
export type Look = (typeof LOOKS)[number];
