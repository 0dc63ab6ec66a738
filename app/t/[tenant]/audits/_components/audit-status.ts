/** The word of an audit, as the product's statuses have it. */
export const auditStatus = ({ verdict }: { verdict: string | null }): string => `audit-${verdict ?? "running"}`;
