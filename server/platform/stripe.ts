import Stripe from "stripe";
import type { Env } from "./env";

let client: Stripe | undefined;

/** The Stripe client of this process, or null when no key is configured. */
export function stripeClient(e: Env): Stripe | null {
  if (e.STRIPE_SECRET_KEY === undefined) return null;
  client ??= new Stripe(e.STRIPE_SECRET_KEY, { appInfo: { name: "maestro-conductor" } });
  return client;
}
