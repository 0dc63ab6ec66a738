import type { Database } from "@/db/client";
import { processDatabase } from "@/db/process-database";
import { takeAllowance } from "@/db/rate-limits";
import { type Clock, systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { env } from "@/server/platform/env";
import { addressOf, MAX_BODY_BYTES, readCapped, requestIdOf } from "@/server/platform/incoming";
import { log } from "@/server/platform/log";
import { type Stripe, STRIPE_API_VERSION, type StripeClient } from "@/server/platform/stripe";
import { isFutureDated, TOLERANCE_SECONDS } from "./domain/signature-time";
import { receiveEvent } from "./receive-event";
import { findSeller, type Seller } from "./seller";

/** Calls of one network that nobody signed, so that secrets cannot be tried out. */
const UNSIGNED = { perMinute: 30, burst: 30 };

interface WebhookDeps {
  database: Database;
  clock: Clock;
  seller: Seller | null;
  /** Good signing secrets; several while they are being changed. */
  secrets: readonly string[];
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
  retryAfterSeconds?: number;
}

const refused = (status: number, message: string): Answer => ({ status, body: { error: { message } } });

/** The event, where one of the secrets signed these very bytes a moment ago; null for everything else. */
function verified(stripe: StripeClient, body: string, header: string, { secrets, clock }: WebhookDeps) {
  if (isFutureDated(header, clock.now())) return null;
  for (const secret of secrets) {
    try {
      const at = clock.now().getTime();
      return stripe.webhooks.constructEvent(body, header, secret, TOLERANCE_SECONDS, undefined, at);
    } catch {
      continue;
    }
  }
  return null;
}

async function unsigned(request: Request, { database }: WebhookDeps): Promise<Answer> {
  const key = `stripe-unsigned:${addressOf(request.headers, env().TRUSTED_PROXIES)}`;
  const wait = await takeAllowance(database, key, UNSIGNED);
  if (wait !== null) return { ...refused(429, "Too many unsigned messages."), retryAfterSeconds: wait };
  return refused(400, "Nothing here takes this message: look at its signature and its time.");
}

function warnOfVersion({ id: eventId, api_version: theirs }: Stripe.Event): void {
  if (theirs === STRIPE_API_VERSION) return;
  log().warn({ eventId, theirs, own: STRIPE_API_VERSION }, "the webhook endpoint has another API version");
}

async function receive(request: Request, deps: WebhookDeps): Promise<Answer> {
  const { seller } = deps;
  if (seller === null) return refused(404, "Nothing is sold here.");
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return refused(415, "The body must be application/json.");
  const read = await readCapped(request, MAX_BODY_BYTES);
  if (read === null) return refused(413, `The body may have at most ${MAX_BODY_BYTES} bytes.`);
  const header = request.headers.get("stripe-signature");
  // The signature is over these bytes: whatever reads and writes them anew breaks it.
  const event = header === null ? null : verified(seller.stripe, new TextDecoder().decode(read), header, deps);
  if (event === null) return unsigned(request, deps);
  warnOfVersion(event);
  const { database, clock } = deps;
  const outcome = await receiveEvent({ database, clock, newId, seller }, event);
  return { status: 200, body: { received: true, duplicate: outcome === "duplicate" } };
}

const processDeps = (): WebhookDeps => ({
  ...{ database: processDatabase(), clock: systemClock, seller: findSeller() },
  secrets: env().STRIPE_WEBHOOK_SECRET ?? [],
});

/**
 * Answers Stripe's webhook: 200 once a verified event is kept, 400 for what no secret signed within five minutes, 5xx where it
 * could not be kept, so that it is sent again. Nothing is granted here: a job fetches the customer.
 */
export async function answerWebhook(request: Request, deps: WebhookDeps = processDeps()): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const { status, body, retryAfterSeconds } = await receive(request, deps).catch((error: unknown) => {
    log().error({ err: error, requestId }, "an event of Stripe could not be kept");
    return refused(500, `Something broke on our side (${requestId}). Send it again.`);
  });
  const retry: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return Response.json(body, {
    status,
    headers: { ...retry, "x-request-id": requestId, "cache-control": "private, no-store" },
  });
}
