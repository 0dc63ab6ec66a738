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
import { type ReceiveContext, receiveEvent } from "./receive-event";
import { receiveNotification } from "./receive-notification";
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

/** What a door takes: how it reads what was signed, and what it keeps of that. */
interface Door<Message> {
  read: (
    stripe: StripeClient,
    ...signed: readonly [body: string, header: string, secret: string, at: number]
  ) => Message;
  keep: (ctx: ReceiveContext, message: Message) => Promise<"new" | "duplicate">;
}

const EVENTS: Door<Stripe.Event> = {
  read: ({ webhooks }, body, header, secret, at) =>
    webhooks.constructEvent(body, header, secret, TOLERANCE_SECONDS, undefined, at),
  keep: (ctx, event) => {
    warnOfVersion(event);
    return receiveEvent(ctx, event);
  },
};

/** Notifications only say that something happened; what, is fetched. */
const NOTIFICATIONS: Door<Stripe.V2.Core.EventNotification> = {
  read: (stripe, body, header, secret, at) =>
    stripe.parseEventNotification(body, header, secret, TOLERANCE_SECONDS, undefined, at),
  keep: receiveNotification,
};

interface Answer {
  status: number;
  body: Record<string, unknown>;
  retryAfterSeconds?: number;
}

const refused = (status: number, message: string): Answer => ({ status, body: { error: { message } } });

/** The message, where one of the secrets signed these very bytes a moment ago; null for everything else. */
function verified<M>(door: Door<M>, stripe: StripeClient, body: string, header: string, deps: WebhookDeps): M | null {
  const now = deps.clock.now();
  if (isFutureDated(header, now)) return null;
  for (const secret of deps.secrets) {
    try {
      return door.read(stripe, body, header, secret, now.getTime());
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

async function receive<M>(door: Door<M>, request: Request, deps: WebhookDeps): Promise<Answer> {
  const { seller } = deps;
  if (seller === null) return refused(404, "Nothing is sold here.");
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return refused(415, "The body must be application/json.");
  const read = await readCapped(request, MAX_BODY_BYTES);
  if (read === null) return refused(413, `The body may have at most ${MAX_BODY_BYTES} bytes.`);
  const header = request.headers.get("stripe-signature");
  // The signature is over these bytes: whatever reads and writes them anew breaks it.
  const body = new TextDecoder().decode(read);
  const message = header === null ? null : verified(door, seller.stripe, body, header, deps);
  if (message === null) return unsigned(request, deps);
  const { database, clock } = deps;
  const outcome = await door.keep({ database, clock, newId, seller }, message);
  return { status: 200, body: { received: true, duplicate: outcome === "duplicate" } };
}

const processDeps = (): WebhookDeps => ({
  ...{ database: processDatabase(), clock: systemClock, seller: findSeller() },
  secrets: env().STRIPE_WEBHOOK_SECRET ?? [],
});

async function answer<M>(door: Door<M>, request: Request, deps: WebhookDeps): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const { status, body, retryAfterSeconds } = await receive(door, request, deps).catch((error: unknown) => {
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

/**
 * Answers Stripe's webhook: 200 once a verified event is kept, 400 for what no secret signed within five minutes, 5xx where it
 * could not be kept, so that it is sent again. Nothing is granted here: a job fetches the customer.
 */
export const answerWebhook = (request: Request, deps: WebhookDeps = processDeps()): Promise<Response> =>
  answer(EVENTS, request, deps);

/** Answers Stripe's thin events in the same way: each is kept once, and a job fetches what it tells of. */
export const answerNotification = (request: Request, deps: WebhookDeps = processDeps()): Promise<Response> =>
  answer(NOTIFICATIONS, request, deps);
