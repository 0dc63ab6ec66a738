/** The word of a finding, as the product's statuses have it. */
export const findingStatus = ({ status, isBeingTested }: { status: string; isBeingTested: boolean }): string =>
  `finding-${isBeingTested ? "testing" : status}`;
