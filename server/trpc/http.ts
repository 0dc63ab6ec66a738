import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { ERROR_STATUS, type ErrorCode, Refusal } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";
import { isSameOrigin, MAX_BODY_BYTES, readCapped, requestIdOf } from "@/server/platform/incoming";
import { contextOf } from "./request";
import { appRouter } from "./root";

/** Calls that one request may carry; the browser client splits what is more. */
export const MAX_BATCH = 20;
/** Stands in the address for calls outside any tenant. Too short to be a tenant's slug. */
const NO_TENANT = "me";

type Code = ErrorCode | "TooLarge" | "MediaType";
const STATUS: Readonly<Record<Code, number>> = { ...ERROR_STATUS, TooLarge: 413, MediaType: 415 };

function refuse(code: Code, message: string, requestId: string): Response {
  const data = { code, httpStatus: STATUS[code], requestId, details: {} };
  return Response.json({ error: { message, code: -32_600, data } }, { status: STATUS[code] });
}

/** A write must come from our own pages: a JSON body, which no foreign form can send, and our own origin. */
function whyForeign(request: Request, requestId: string): Response | null {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return refuse("MediaType", "The body must be application/json.", requestId);
  if (isSameOrigin(request.headers, env().CONDUCTOR_PUBLIC_URL)) return null;
  return refuse("Forbidden", "Calls are accepted from the product's own pages only.", requestId);
}

/** How long to wait before the call that was refused longest may be made, if any was refused for being too many. */
function retryAfterSeconds(errors: readonly Error[]): number | undefined {
  const waits = errors.flatMap(({ cause }) => (cause instanceof Refusal ? [cause.details.retryAfterSeconds] : []));
  const seconds = waits.filter((wait) => typeof wait === "number");
  return seconds.length === 0 ? undefined : Math.max(...seconds);
}

async function answer(request: Request, tenant: string, requestId: string): Promise<Response> {
  if (request.method !== "GET" && request.method !== "POST")
    return refuse("Invalid", "Calls are GET or POST.", requestId);
  let req = request;
  if (request.method === "POST") {
    const foreign = whyForeign(request, requestId);
    if (foreign !== null) return foreign;
    const body = await readCapped(request, MAX_BODY_BYTES);
    if (body === null) return refuse("TooLarge", `The body may have at most ${MAX_BODY_BYTES} bytes.`, requestId);
    req = new Request(request.url, { method: "POST", headers: request.headers, body });
  }
  const context = contextOf(request.headers, tenant === NO_TENANT ? undefined : tenant);
  return fetchRequestHandler({
    // As it was written: another spelling of the same slug has another length, by which tRPC would cut the path.
    endpoint: new URL(request.url).pathname.split("/", 4).join("/"),
    req,
    router: appRouter,
    createContext: () => ({ ...context, requestId }),
    maxBatchSize: MAX_BATCH,
    responseMeta: ({ errors }) => {
      const seconds = retryAfterSeconds(errors);
      return seconds === undefined ? {} : { headers: { "retry-after": String(seconds) } };
    },
    // A definition to be checked does not fit into an address, so queries come as POST too.
    allowMethodOverride: true,
  });
}

/** Answers browser calls at `/api/trpc/<tenant slug or "me">/<procedures>`; every answer names its request. */
export async function answerTrpc(request: Request, tenant: string): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  const response = await answer(request, tenant, requestId);
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "private, no-store");
  return response;
}
