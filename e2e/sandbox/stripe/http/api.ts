import type { IncomingHttpHeaders } from "node:http";
import type { Account } from "../account/account";
import type { Deliveries } from "../account/deliveries";
import { type FoundRoute, routeFinder } from "../contract/lookup";
import type { Contract, Operation } from "../contract/schema";
import { INCLUSIONS, ROUTES } from "../objects";
import { passTime } from "../objects/passing-time";
import { ApiError } from "./errors";
import { expanded } from "./expand";
import { type Faults, refusalOf } from "./faults";
import { guardBody, guardRequest, guardResponse } from "./guards";
import type { Answer, IdempotencyKeys } from "./idempotency";
import { formOf, jsonOf } from "./request";
import type { Route } from "./route";

/** One account with the keys that requests to it have used. */
export interface Tenancy {
  account: Account;
  keys: IdempotencyKeys;
  deliveries: Deliveries;
}

export interface ApiRequest {
  id: string;
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
}

export type ApiAnswer = (Answer & { headers?: Readonly<Record<string, string>> }) | "reset";
export type Api = (request: ApiRequest) => Promise<ApiAnswer>;

export interface ApiParts {
  contract: Contract;
  faults: Faults;
  /** Throws when it is no key of the sandbox. */
  tenancy: (secretKey: string) => Tenancy;
  /** False where answers are not compared with the contract: they were, by tests of what is asked for. */
  checksAnswers?: boolean;
}

/** Answers requests to the API: who asks, what the contract says, what was asked before, and only then what is asked. */
export function apiOf({ contract, faults, tenancy, checksAnswers = true }: ApiParts): Api {
  const find = routeFinder(contract);
  const routes = new Map(ROUTES.map((route) => [route.operation, route]));
  return async (request) => {
    const asked = tenancy(secretKeyOf(request.headers));
    const headers = { "stripe-version": versionOf(request, contract) };
    const found = find(request.method, request.url.pathname);
    if (found === null) throw unrecognized(request);
    const name = nameOf(found.operation);
    const params = paramsOf(contract, found, request);
    const route = routes.get(name);
    if (route === undefined) throw new ApiError(404, `The local billing sandbox does not implement ${name} yet.`);
    const fault = faults.take(name);
    const refusal = refusalOf(fault);
    if (refusal !== null) throw refusal;
    const work = async () => {
      if (fault?.kind === "hold") await fault.until;
      return done({ contract, found, route, params, request, asked, checksAnswers });
    };
    const { answer, isReplay } = await once(request, asked, work);
    if (fault?.kind === "reset-after-commit") return "reset";
    return { ...answer, headers: { ...headers, ...(isReplay ? { "idempotent-replayed": "true" } : {}) } };
  };
}

function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function unrecognized({ method, url }: ApiRequest): ApiError {
  const message = `Unrecognized request URL (${method}: ${url.pathname}). The contract of the installed SDK has no such operation.`;
  return new ApiError(404, message);
}

/** The key that a request brings; refuses one that brings none. */
export function secretKeyOf({ authorization = "" }: IncomingHttpHeaders): string {
  const [, key] = /^Bearer (\S+)$/.exec(authorization) ?? [];
  if (key !== undefined) return key;
  const message =
    "You did not provide an API key. You need to provide it in the Authorization header, using Bearer auth.";
  throw new ApiError(401, message);
}

function versionOf({ headers }: ApiRequest, { pin }: Contract): string {
  const asked = headers["stripe-version"];
  if (asked === undefined || asked === pin.apiVersion) return pin.apiVersion;
  const message = `Invalid Stripe API version: ${String(asked)}. This sandbox speaks ${pin.apiVersion} only.`;
  throw new ApiError(400, message);
}

function paramsOf(contract: Contract, { operation }: FoundRoute, { url, body, method, headers }: ApiRequest): unknown {
  const isJson = url.pathname.startsWith("/v2/") && method === "POST";
  return isJson
    ? guardBody(contract, operation, jsonOf(body))
    : guardRequest(contract, operation, formOf(headers["content-type"], url, body));
}

/** Only a request that changes something needs a key; the others can be asked again as they are. */
async function once(
  { method, url, headers, body }: ApiRequest,
  { account, keys }: Tenancy,
  work: () => Promise<Answer>,
): Promise<{ answer: Answer; isReplay: boolean }> {
  const key = headers["idempotency-key"];
  if (method !== "POST" || typeof key !== "string") return { answer: await work(), isReplay: false };
  const before = keys.begin(key, `${url.pathname}${url.search} ${body}`, account.clock.now());
  if (before !== null) return { answer: before, isReplay: true };
  const answer = await work().catch((error: unknown) => {
    keys.letGo(key);
    throw error;
  });
  keys.settle(key, answer);
  return { answer, isReplay: false };
}

interface Task {
  contract: Contract;
  found: FoundRoute;
  route: Route;
  params: unknown;
  request: ApiRequest;
  asked: Tenancy;
  checksAnswers: boolean;
}

/** Does what is asked as a whole or not at all, and answers by the contract. */
function done({ contract, found, route, params, request, checksAnswers, asked }: Task): Answer {
  const { account, deliveries } = asked;
  const key = request.headers["idempotency-key"];
  account.atomically(() => passTime(account));
  account.cause = { id: request.id, idempotency_key: typeof key === "string" ? key : null };
  try {
    const body = account.atomically(() => {
      const url = request.url.pathname;
      const plain = route.handle({ account, ids: found.values, params, url });
      if (plain instanceof ApiError) return plain;
      const whole = expanded(account, INCLUSIONS, plain, pathsOf(params));
      if (checksAnswers) guardResponse(contract, found.operation, whole);
      return whole;
    });
    if (body instanceof ApiError) return { status: body.status, body: JSON.stringify(body.body) };
    return { status: 200, body: JSON.stringify(body) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: JSON.stringify(error.body) };
  } finally {
    account.cause = null;
    // Also after a refusal: what time brought before it stays.
    deliveries.dispatch();
  }
}

function pathsOf(params: unknown): readonly string[] {
  // The request guard has made it a list of words, where the operation takes it at all.
  const { expand = [] } = params as { expand?: readonly string[] };
  return expand;
}
