const DECIMALS_MAX = 12;

/** An exact amount: so many units of 10^-12 cents, which is as fine as the API writes prices. */
export type ExactCents = bigint;

const ONE_CENT = 10n ** BigInt(DECIMALS_MAX);

/** Reads an amount of cents such as `0.25`; throws a RangeError on more than 12 decimals or what is no number. */
export function exactCents(text: string): ExactCents {
  const match = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text);
  if (match === null) throw new RangeError(`not an amount with at most ${DECIMALS_MAX} decimals: ${text}`);
  const [, sign = "", whole = "0", fraction = ""] = match;
  const size = BigInt(whole) * ONE_CENT + BigInt(fraction.padEnd(DECIMALS_MAX, "0"));
  return sign === "-" ? -size : size;
}

/** As the API writes it, without needless zeros. */
export function writtenCents(amount: ExactCents): string {
  const size = amount < 0n ? -amount : amount;
  const fraction = (size % ONE_CENT).toString().padStart(DECIMALS_MAX, "0").replace(/0+$/, "");
  return `${amount < 0n ? "-" : ""}${size / ONE_CENT}${fraction === "" ? "" : `.${fraction}`}`;
}

/** To whole cents, halves away from zero. Assumed: each line is rounded by itself. */
export function roundedCents(amount: ExactCents): number {
  const size = amount < 0n ? -amount : amount;
  const cents = Number((size + ONE_CENT / 2n) / ONE_CENT);
  return amount < 0n && cents !== 0 ? -cents : cents;
}

/** Whole cents as the API gives them beside the exact amount: null when the amount is no whole number of cents. */
export function wholeCents(amount: ExactCents): number | null {
  return amount % ONE_CENT === 0n ? Number(amount / ONE_CENT) : null;
}
