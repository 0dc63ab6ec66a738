import Stripe from "stripe";
import { afterAll, beforeAll } from "vitest";
import { loadContract } from "../contract/cache";
import { type BillingSandbox, startBillingSandbox } from "../server";

export interface TestSandbox {
  sandbox: BillingSandbox;
  key: string;
  stripe: Stripe;
  /** A client of the official SDK with another key or another version. */
  client: (key: string, settings?: Partial<Stripe.StripeConfig>) => Stripe;
}

// Its calendar is the same in every run: months differ in length.
const START = Date.parse("2026-01-15T10:00:00Z");

function sameCalendar(): () => number {
  const begun = Date.now();
  return () => START + Date.now() - begun;
}

/** A sandbox and the official SDK pointed at it. */
export async function startTestSandbox(key = "sk_test_sandbox_tests", now = sameCalendar()): Promise<TestSandbox> {
  const sandbox = await startBillingSandbox({ contract: await loadContract(), now });
  const { host, port } = sandbox;
  const client = (secret: string, settings: Partial<Stripe.StripeConfig> = {}) =>
    new Stripe(secret, { host, port, protocol: "http", telemetry: false, maxNetworkRetries: 0, ...settings });
  return { sandbox, key, stripe: client(key), client };
}

/** The same for all tests of a file: there from the first of them on, and stopped after the last. */
export function useTestSandbox(): TestSandbox {
  const test: Partial<TestSandbox> = {};
  beforeAll(async () => void Object.assign(test, await startTestSandbox()));
  afterAll(() => test.sandbox?.stop());
  return test as TestSandbox;
}

/** What a call was refused with, as the SDK tells it. */
export async function refusalOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome: unknown = await call.catch((error: unknown) => error);
  if (outcome instanceof Stripe.errors.StripeError) return outcome;
  throw new Error(`expected a refusal, not ${JSON.stringify(outcome)}`);
}
