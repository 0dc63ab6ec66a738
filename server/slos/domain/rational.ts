import { InvariantError } from "@/server/kernel/errors";

/** A number without rounding, in lowest terms; the denominator is above 0. */
export interface Rational {
  numerator: bigint;
  denominator: bigint;
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : divisor(b, a % b);
}

/** Throws InvariantError where the denominator is 0. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  const [above, below] = [BigInt(numerator), BigInt(denominator)];
  if (below === 0n) throw new InvariantError("A number is not divided by 0.");
  const common = (below < 0n ? -1n : 1n) * divisor(above, below);
  return { numerator: above / common, denominator: below / common };
}

/** The number that somebody wrote down, such as 14.4 or 1e-7: its shortest decimal form, not its float. */
export function decimal(written: number): Rational {
  const [digits = "0", exponent = "0"] = String(written).split("e");
  const [whole = "0", decimals = ""] = digits.split(".");
  const shift = Number(exponent) - decimals.length;
  const value = BigInt(whole + decimals);
  return shift < 0 ? rational(value, 10n ** BigInt(-shift)) : rational(value * 10n ** BigInt(shift));
}

export const times = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);
export const per = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator);
export const minus = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);
export const isMore = (a: Rational, b: Rational): boolean => a.numerator * b.denominator > b.numerator * a.denominator;

/** The largest whole number that is not above it; for what is not negative. */
export const floorOf = ({ numerator, denominator }: Rational): number => Number(numerator / denominator);
/** The smallest whole number that is not below it; for what is not negative. */
export const ceilOf = ({ numerator, denominator }: Rational): number =>
  Number((numerator + denominator - 1n) / denominator);

/** As near as a float comes. */
export const numberOf = ({ numerator, denominator }: Rational): number => Number(numerator) / Number(denominator);

/** As a program reads it back without a loss: `14.4`, or `(14 / 15)` where no decimal form ends. For what is not negative. */
export function exactText({ numerator, denominator }: Rational): string {
  let places = 0;
  for (let rest = denominator; rest > 1n; places += 1) {
    const common = divisor(rest, 10n);
    if (common === 1n) return `(${numerator} / ${denominator})`;
    rest /= common;
  }
  const scaled = ((numerator * 10n ** BigInt(places)) / denominator).toString().padStart(places + 1, "0");
  return places === 0 ? scaled : `${scaled.slice(0, -places)}.${scaled.slice(-places)}`;
}
