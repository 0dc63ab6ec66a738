/** `pending` until a second person decides; what is pending can only make answers stricter. */
export const POLICY_CHANGE_STATUSES = ["pending", "approved", "rejected", "withdrawn"] as const;
export type PolicyChangeStatus = (typeof POLICY_CHANGE_STATUSES)[number];
