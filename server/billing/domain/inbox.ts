/**
 * What became of an event of the seller: it waits for its customer to be fetched, that is done, it concerns nothing here, it
 * is not believed, or it was tried too often.
 */
export const INBOX_STATUSES = ["waiting", "done", "ignored", "quarantined", "dead"] as const;
export type InboxStatus = (typeof INBOX_STATUSES)[number];

/** What became of a Checkout that somebody began. */
export const CHECKOUT_STATUSES = ["open", "complete", "expired"] as const;
export type CheckoutStatus = (typeof CHECKOUT_STATUSES)[number];

/** What became of an hour's use: it waits to be told, the seller has it, or it came too late or was refused there. */
export const REPORT_STATUSES = ["waiting", "sent", "late", "refused"] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];
