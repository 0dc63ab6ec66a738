import type { Database } from "@/db/client";
import { processDatabase } from "@/db/process-database";
import { takeAllowance } from "@/db/rate-limits";
import { withTenant } from "@/db/tenancy";
import { findApiKey } from "@/server/auth/api-key";
import { requireFeature } from "@/server/entitlements";
import { systemClock } from "@/server/kernel/clock";
import { ERROR_STATUS, invalid, limitReached, notFound, Refusal, unauthenticated } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { parseJson } from "@/server/kernel/json";
import { env } from "@/server/platform/env";
import { addressOf, MAX_BODY_BYTES, readCapped, requestIdOf } from "@/server/platform/incoming";
import { log } from "@/server/platform/log";
import { inSpan } from "@/server/platform/trace";
import { type CallContext, parseInput, type TenantContext } from "@/server/verb";
import type { Endpoint } from "./endpoint";
import { type FoundEndpoint, findEndpoint } from "./find-endpoint";
import { openApiDocument } from "./openapi";

/** Calls of one key; and of one network that has shown none, so that keys cannot be tried out. */
const ALLOWANCES = {
  read: { perMinute: 1_200, burst: 300 },
  write: { perMinute: 240, burst: 60 },
  stranger: { perMinute: 30, burst: 30 },
} as const;

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

async function limit(database: Database, kind: keyof typeof ALLOWANCES, who: string): Promise<void> {
  const waitSeconds = await takeAllowance(database, `v1-${kind}:${who}`, ALLOWANCES[kind]);
  if (waitSeconds === null) return;
  throw limitReached(`Too many calls. Try again in ${waitSeconds} s.`, { retryAfterSeconds: waitSeconds });
}

async function enter(call: CallContext, request: Request): Promise<TenantContext> {
  const ctx = await findApiKey(call, request.headers.get("authorization"));
  if (ctx !== null) return ctx;
  await limit(call.database, "stranger", addressOf(request.headers, env().TRUSTED_PROXIES));
  throw unauthenticated("Send a live API key: Authorization: Bearer ck_….");
}

async function bodyOf(request: Request, { method }: Endpoint): Promise<unknown> {
  if (method === "GET") return {};
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  const body = await readCapped(request, MAX_BODY_BYTES);
  if (body === null) throw invalid(`The body may have at most ${MAX_BODY_BYTES} bytes.`);
  if (body.byteLength === 0) return {};
  if (type !== "application/json") throw invalid("The body must be application/json.");
  try {
    return parseJson(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    if (error instanceof RangeError) throw invalid(`The body is not taken: ${error.message}.`);
    throw invalid("The body is not JSON in UTF-8.");
  }
}

/** A parameter that is named twice says two things. */
function queryOf(request: Request): Record<string, string> {
  const { searchParams } = new URL(request.url);
  const names = [...searchParams.keys()];
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw invalid(`The query names ${twice.slice(0, 60)} more than once.`);
  return Object.fromEntries(searchParams);
}

async function ask(call: CallContext, request: Request, { endpoint, path }: FoundEndpoint): Promise<Answer> {
  const ctx = await enter(call, request);
  const [kind, use] = endpoint.method === "GET" ? (["read", "run"] as const) : (["write", "change"] as const);
  await limit(call.database, kind, ctx.principal.id);
  await withTenant(ctx, (tx) => requireFeature(tx, ctx.tenantId, "public-api", ctx.clock.now(), use));
  return endpoint.answer(ctx, {
    path: parseInput(endpoint.pathSchema, path),
    query: parseInput(endpoint.querySchema, queryOf(request)),
    body: parseInput(endpoint.bodySchema, await bodyOf(request, endpoint)),
    idempotencyKey: request.headers.get("idempotency-key") ?? undefined,
  });
}

function refusal(code: string, status: number, message: string, requestId: string, details: unknown = {}): Answer {
  const wait = (details as { retryAfterSeconds?: unknown }).retryAfterSeconds;
  const headers: Record<string, string> = typeof wait === "number" ? { "retry-after": String(wait) } : {};
  if (status === ERROR_STATUS.Unauthenticated) headers["www-authenticate"] = 'Bearer realm="conductor"';
  return { status, body: { error: { code, message, requestId, details } }, headers };
}

async function route(call: CallContext, request: Request, segments: readonly string[]): Promise<Answer> {
  if (request.method === "GET" && segments.join("/") === "openapi.json")
    return { status: 200, body: openApiDocument(env().CONDUCTOR_PUBLIC_URL, env().CONDUCTOR_REVISION) };
  const found = findEndpoint(request.method, segments);
  if (found === null) throw notFound("operation");
  if (Array.isArray(found)) {
    const allowed = found.join(", ");
    const answer = refusal("Invalid", 405, `Only ${allowed} is possible here.`, call.requestId);
    return { ...answer, headers: { ...answer.headers, allow: allowed } };
  }
  return inSpan(`v1 ${found.endpoint.name}`, { attributes: { "conductor.request_id": call.requestId } }, () =>
    ask(call, request, found),
  );
}

/** Answers the public HTTP API below `/api/v1`, to API keys alone; every answer names its request. */
export async function answerV1(
  request: Request,
  segments: readonly string[],
  database: Database = processDatabase(),
): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const call = { database, clock: systemClock, newId, requestId };
  const answered = await route(call, request, segments).catch((error: unknown) => {
    if (error instanceof Refusal) return refusal(error.code, error.status, error.message, requestId, error.details);
    log().error({ err: error, requestId }, "an API call failed");
    const words = `Something broke on our side. Quote request ${requestId} when you ask for help.`;
    return refusal("Internal", 500, words, requestId);
  });
  return Response.json(answered.body, {
    status: answered.status,
    headers: { ...answered.headers, "x-request-id": requestId, "cache-control": "private, no-store" },
  });
}
