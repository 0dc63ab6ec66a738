/** Who may say what a tenant is entitled to: for now the operator, by the command line. */
export const ENTITLEMENT_SOURCES = ["manual"] as const;
export type EntitlementSource = (typeof ENTITLEMENT_SOURCES)[number];
