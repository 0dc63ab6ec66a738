/** A billionth of a US dollar, the unit in which money is added up; a cent is ten million of them. */
export const NANO_PER_CENT = 10_000_000n;

/** A quotient rounded to a whole number, halves up. For a dividend from 0 on and a divisor above 0. */
export const halfUp = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor);

/** A quotient rounded down, below zero too, where the language's own rounds towards zero. */
export function floorDiv(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor !== 0n && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient;
}

/** Nano-USD, given as a fraction, as whole cents: the one rounding of a line. */
export const centsOf = (nano: bigint, divisor = 1n): number => Number(halfUp(nano, divisor * NANO_PER_CENT));

/** Cents as a decimal text with at most seven decimals ("0.085") in nano-USD, exactly. */
export function nanoOfCents(text: string): bigint {
  const [whole = "", decimals = ""] = text.split(".");
  return BigInt(whole) * NANO_PER_CENT + BigInt(decimals.padEnd(7, "0"));
}

/** A share of a whole in basis points, rounded down; 0 of nothing. */
export const basisPoints = (part: number, whole: number): number =>
  whole === 0 ? 0 : Number(floorDiv(BigInt(part) * 10_000n, BigInt(whole)));
