import Stripe from "stripe";
import type { Env } from "./env";

export type StripeClient = Stripe;
export type { Stripe };

/** The version of the API that the SDK speaks, and its types describe. */
export const STRIPE_API_VERSION: string = Stripe.API_VERSION;

/** An amount with decimals as the SDK sends it: exact, from its text. */
export const exactAmount = (text: string): Stripe.Decimal => Stripe.Decimal.from(text);

/** A call that is under way for longer is given up and tried again with the same key. */
const TIMEOUT_MS = 10_000;

let client: Stripe | undefined;

/** A Stripe client for a configuration, or null when it names no key. Its answers are of the API version of the SDK. */
export function makeStripeClient({ STRIPE_SECRET_KEY: key, STRIPE_API_BASE: base }: StripeSettings): Stripe | null {
  if (key === undefined) return null;
  const standIn = base === undefined ? null : new URL(base);
  return new Stripe(key, {
    ...{ appInfo: { name: "maestro-conductor" }, timeout: TIMEOUT_MS, maxNetworkRetries: 2, telemetry: false },
    ...(standIn === null
      ? {}
      : { host: standIn.hostname, port: standIn.port, protocol: standIn.protocol === "https:" ? "https" : "http" }),
  });
}
type StripeSettings = Pick<Env, "STRIPE_SECRET_KEY" | "STRIPE_API_BASE">;

/** The Stripe client of this process, or null when no key is configured. */
export function stripeClient(e: Env): Stripe | null {
  client ??= makeStripeClient(e) ?? undefined;
  return client ?? null;
}

/** Whether Stripe said that there is no such object, which is another thing than no answer. */
export const isMissingAtStripe = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404;

/** Whether Stripe refused a request since something that it names is not there. */
export const namesMissingAtStripe = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";

/** What the seller said no to, as far as somebody can act on it. */
export type SellerFault = "busy" | "card" | "currency" | "location" | "moved" | "silent" | "stranger";

/** What kind of fault an error of the SDK is; null for one that is ours: a request that should never have been made. */
export function sellerFault(error: unknown): SellerFault | null {
  const { errors } = Stripe;
  if (!(error instanceof errors.StripeError)) return null;
  // Of a key that is in use too, whose error is of no class of its own.
  if (error instanceof errors.StripeIdempotencyError || error.statusCode === 409) return "moved";
  if (error instanceof errors.StripeCardError) return "card";
  if (error instanceof errors.StripeRateLimitError) return "busy";
  if (error instanceof errors.StripeConnectionError || error instanceof errors.StripeAPIError) return "silent";
  if (error instanceof errors.StripeAuthenticationError || error instanceof errors.StripePermissionError)
    return "stranger";
  if (error.code === "customer_tax_location_invalid") return "location";
  // The API has no code for it: docs.stripe.com/invoicing/multi-currency-customers.
  return /cannot combine currencies/i.test(error.message) ? "currency" : null;
}
/** Whether Stripe refused what was asked, so that asking again comes to the same. */
export const isStripeRefusal = (
  error: unknown,
): error is InstanceType<typeof Stripe.errors.StripeInvalidRequestError> =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 400;
