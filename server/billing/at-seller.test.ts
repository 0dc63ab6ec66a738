import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { atSeller } from "./at-seller";

const { errors } = Stripe;
const failing = (error: Error) => atSeller(() => Promise.reject(error));
const said = (message: string, more: object = {}) => ({ message, ...more }) as never;

const CASES: [string, Error, string, string][] = [
  [
    "a declined card in the bank's words",
    new errors.StripeCardError(said("Your card was declined.")),
    "PreconditionFailed",
    "Your card was declined.",
  ],
  ["too many calls", new errors.StripeRateLimitError(said("Slow down")), "Unavailable", "busy"],
  ["no answer", new errors.StripeConnectionError(said("ECONNRESET")), "Unavailable", "does not answer"],
  ["a fault of its own", new errors.StripeAPIError(said("Oops")), "Unavailable", "does not answer"],
  ["a key that it does not know", new errors.StripeAuthenticationError(said("Invalid API Key")), "Unavailable", "key"],
  [
    "the same key for something else",
    new errors.StripeIdempotencyError(said("Keys for idempotent requests")),
    "Conflict",
    "at the same moment",
  ],
  [
    "a second currency (case 39)",
    new errors.StripeInvalidRequestError(said("You cannot combine currencies on a single customer.")),
    "PreconditionFailed",
    "another currency",
  ],
  [
    "no place for tax (case 40)",
    new errors.StripeInvalidRequestError(said("No location", { code: "customer_tax_location_invalid" })),
    "PreconditionFailed",
    "address",
  ],
];

describe("what the seller refuses", () => {
  it.each(CASES)("is told as such: %s", async (_what, error, code, words) => {
    await expect(failing(error)).rejects.toMatchObject({ code, message: expect.stringContaining(words) as string });
  });

  it("stays our own fault where the request should never have been made", async () => {
    const error = new errors.StripeInvalidRequestError(said("Missing required param: items."));
    await expect(failing(error)).rejects.toBe(error);
    await expect(failing(new TypeError("ours"))).rejects.toThrow("ours");
  });
});
