import type { Database } from "@/db/client";
import { processDatabase } from "@/db/process-database";
import { takeAllowance } from "@/db/rate-limits";
import { type Clock, systemClock } from "@/server/kernel/clock";
import { limitReached, Refusal, unauthenticated } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { env } from "@/server/platform/env";
import { addressOf, MAX_BODY_BYTES, readCapped, requestIdOf } from "@/server/platform/incoming";
import { log } from "@/server/platform/log";
import { inSpan } from "@/server/platform/trace";
import type { CallContext } from "@/server/verb";
import { messageHeaders } from "./domain/signature";
import { findHook } from "./find-hook";
import { receiveMessage } from "./receive-message";

/** Messages of one trigger; and those of one network that nobody signed, so that secrets cannot be tried out. */
const SIGNED = { perMinute: 240, burst: 60 };
const UNSIGNED = { perMinute: 30, burst: 30 };

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

async function limit(database: Database, key: string, allowance: typeof SIGNED): Promise<void> {
  const waitSeconds = await takeAllowance(database, key, allowance);
  if (waitSeconds === null) return;
  throw limitReached(`Too many messages. Try again in ${waitSeconds} s.`, { retryAfterSeconds: waitSeconds });
}

// No request id: the answer to a wrong signature is the same to the byte, whatever was wrong. The header has it.
const refusal = (code: string, status: number, message: string, details: unknown = {}): Answer => ({
  status,
  body: { error: { code, message, details } },
});

async function receive(call: CallContext, request: Request, triggerId: string): Promise<Answer> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return refusal("Invalid", 415, "The body must be application/json.");
  const read = await readCapped(request, MAX_BODY_BYTES);
  if (read === null) return refusal("Invalid", 413, `The body may have at most ${MAX_BODY_BYTES} bytes.`);
  const body = new Uint8Array(read);
  const message = messageHeaders(request.headers);
  const hook = await findHook(call, triggerId, message, body);
  if (hook === null || message === null) {
    await limit(call.database, `hook-unsigned:${addressOf(request.headers, env().TRUSTED_PROXIES)}`, UNSIGNED);
    throw unauthenticated("Nothing here takes this message: look at its address, its signature and its time.");
  }
  await limit(call.database, `hook:${hook.trigger.id}`, SIGNED);
  const { runId, isNew } = await receiveMessage(hook.ctx, hook.trigger, message.id, body);
  return { status: isNew ? 201 : 200, body: { id: runId, isNew } };
}

function refused(error: unknown, requestId: string): Answer {
  if (error instanceof Refusal) {
    const answer = refusal(error.code, error.status, error.message, error.details);
    const wait = error.details.retryAfterSeconds;
    return typeof wait === "number" ? { ...answer, headers: { "retry-after": String(wait) } } : answer;
  }
  log().error({ err: error, requestId }, "a webhook message failed");
  return refusal("Internal", 500, `Something broke on our side. Quote request ${requestId} when you ask for help.`);
}

/** Answers a message to a webhook trigger, signed as Standard Webhooks 1.0 says: 201 with the run it started. */
export async function answerHook(
  request: Request,
  triggerId: string,
  { database = processDatabase(), clock = systemClock }: { database?: Database; clock?: Clock } = {},
): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const call = { database, clock, newId, requestId };
  const attributes = { "conductor.request_id": requestId };
  const answered = await inSpan("webhook message", { attributes }, () =>
    receive(call, request, triggerId).catch((error: unknown) => refused(error, requestId)),
  );
  return Response.json(answered.body, {
    status: answered.status,
    headers: { ...answered.headers, "x-request-id": requestId, "cache-control": "private, no-store" },
  });
}
