import { type Env, env } from "@/server/platform/env";
import { type StripeClient, stripeClient } from "@/server/platform/stripe";
import { preconditionFailed } from "@/server/kernel/errors";

/** Who sells plans to this deployment's tenants, and what the two call each other. */
export interface Seller {
  stripe: StripeClient;
  /** What objects at the seller are tagged with, so that another deployment on the same account leaves them alone. */
  deployment: string;
  livemode: boolean;
}

type Settings = Pick<Env, "STRIPE_SECRET_KEY" | "STRIPE_API_BASE" | "CONDUCTOR_PUBLIC_URL">;

let inPlace: Seller | undefined;

/** Puts a seller in the place of the configured one, as tests do with a sandbox's; undefined takes it away. */
export function placeSeller(seller: Seller | undefined): void {
  inPlace = seller;
}

/** The seller of a configuration; null where nothing is sold. */
export function findSeller(e: Env = env()): Seller | null {
  if (inPlace !== undefined) return inPlace;
  const stripe = stripeClient(e);
  return stripe === null ? null : sellerWith(stripe, e);
}

/** A seller by its client. */
export const sellerWith = (stripe: StripeClient, e: Settings): Seller => ({
  stripe,
  deployment: new URL(e.CONDUCTOR_PUBLIC_URL).host,
  livemode: /^(sk|rk)_live_/.test(e.STRIPE_SECRET_KEY ?? ""),
});

/** The seller of this process. Throws PreconditionFailed where nothing is sold. */
export function getSeller(): Seller {
  const seller = findSeller();
  if (seller === null)
    throw preconditionFailed(
      "Nothing is sold here: this deployment has no key of Stripe. Whoever operates it grants plans.",
    );
  return seller;
}
