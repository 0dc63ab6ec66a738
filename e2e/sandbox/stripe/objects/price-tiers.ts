import type Stripe from "stripe";
import type { Kinds, Wire } from "../account/wire";
import { exactCents, wholeCents, writtenCents } from "../engine/decimals";
import { invalid } from "../http/errors";

/** An amount in whole cents and exact, as objects show it; null when a request gives neither. */
interface Amounts {
  whole: number | null;
  exact: string | null;
}

/** Reads `unit_amount` or `unit_amount_decimal`, of which a request gives at most one. */
export function amountsOf(whole: number | undefined, exact: string | undefined, param: string): Amounts {
  if (whole !== undefined && exact !== undefined) {
    throw invalid(`You may only specify one of these parameters: ${param}, ${param}_decimal.`, param);
  }
  const given = exact ?? (whole === undefined ? null : String(whole));
  if (given === null) return { whole: null, exact: null };
  const amount = readAmount(given, exact === undefined ? param : `${param}_decimal`);
  return { whole: wholeCents(amount), exact: writtenCents(amount) };
}

function readAmount(text: string, param: string): bigint {
  try {
    const amount = exactCents(text);
    if (amount >= 0n) return amount;
  } catch {
    // Told below, with what the API knows it by.
  }
  throw invalid(`Invalid non-negative decimal with at most 12 decimal places: ${text}`, param);
}

type Tiers = Kinds["price_tiers"]["tiers"];

/** The tiers of a new price; refuses those that do not rise or whose last has an end. */
export function tiersOf(given: NonNullable<Wire<Stripe.PriceCreateParams>["tiers"]>): Tiers {
  const tiers = given.map((tier, index) => {
    const unit = amountsOf(tier.unit_amount, tier.unit_amount_decimal, `tiers[${index}][unit_amount]`);
    const flat = amountsOf(tier.flat_amount, tier.flat_amount_decimal, `tiers[${index}][flat_amount]`);
    if (unit.exact === null && flat.exact === null) {
      throw invalid("A tier needs unit_amount or flat_amount.", `tiers[${index}]`);
    }
    return {
      ...{ flat_amount: flat.whole, flat_amount_decimal: flat.exact },
      ...{ unit_amount: unit.whole, unit_amount_decimal: unit.exact },
      up_to: tier.up_to === "inf" ? null : tier.up_to,
    };
  });
  if (tiers.at(-1)?.up_to !== null) throw invalid("The last tier must be catch all, with up_to=inf.", "tiers");
  tiers.slice(0, -1).forEach(({ up_to: upTo }, index) => {
    const before = tiers[index - 1]?.up_to ?? 0;
    if (upTo === null || !Number.isInteger(upTo) || upTo <= before) {
      throw invalid("Tiers must rise, and only the last may be without end.", `tiers[${index}][up_to]`);
    }
  });
  return tiers;
}
