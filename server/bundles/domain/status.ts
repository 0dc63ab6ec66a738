/** What becomes of a bundle that was asked for. */
export const BUNDLE_STATUSES = ["requested", "building", "ready", "failed"] as const;
export type BundleStatus = (typeof BUNDLE_STATUSES)[number];
/** Nothing more becomes of it. */
export const ENDED: readonly BundleStatus[] = ["ready", "failed"];
