/** The life of a version. `draft` may be edited; every other state is fixed text. */
export const VERSION_STATUSES = ["draft", "in_review", "published", "retired"] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];
