import { exactCents, roundedCents } from "./decimals";

export interface DiscountFacts {
  percentOff: number | null;
  amountOffCents: number | null;
  /** Null for all. */
  products: readonly string[] | null;
}

interface DiscountableLine {
  cents: number;
  product: string;
  isDiscountable: boolean;
}

/**
 * What a discount takes off each line, in cents, never more than the line. Documented: prorations are not discounted again, and
 * a coupon may hold for some products only. Assumed: percents are rounded by line, halves up; a fixed amount is spread by the
 * lines' share, rounded down, and the last line takes the rest.
 */
export function discountCents(lines: readonly DiscountableLine[], discount: DiscountFacts): number[] {
  const isMet = ({ cents, product, isDiscountable }: DiscountableLine) =>
    cents > 0 && isDiscountable && (discount.products?.includes(product) ?? true);
  if (discount.percentOff !== null) {
    const percent = exactCents(String(discount.percentOff));
    return lines.map((line) => (isMet(line) ? roundedCents((BigInt(line.cents) * percent) / 100n) : 0));
  }
  const met = lines.filter(isMet);
  const whole = met.reduce((sum, { cents }) => sum + cents, 0);
  const off = Math.min(discount.amountOffCents ?? 0, whole);
  let left = off;
  return lines.map((line) => {
    if (!isMet(line)) return 0;
    const share = line === met.at(-1) ? left : Math.floor((off * line.cents) / whole);
    left -= share;
    return share;
  });
}
