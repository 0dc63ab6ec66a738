// One locale on both sides, so that server and browser draw the same.
const format = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** Cents as people read dollars. */
export const dollars = (cents: number): string => format.format(cents / 100);

/** Cents of any currency as people read them. */
export const money = (cents: number, currency: string): string =>
  new Intl.NumberFormat("en-US", { style: "currency", currency }).format(cents / 100);

/** Basis points as people read a share. */
export const percent = (basisPoints: number): string => `${(basisPoints / 100).toFixed(2)} %`;
