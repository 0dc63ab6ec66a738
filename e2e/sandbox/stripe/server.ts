import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Account } from "./account/account";
import { AccountClock } from "./account/clock";
import { newId } from "./account/ids";
import { MemoryStore, type Store } from "./account/store";
import { Deliveries } from "./account/deliveries";
import { routeFinder } from "./contract/lookup";
import type { Contract } from "./contract/schema";
import { type ApiAnswer, apiOf, type ApiRequest, type Tenancy } from "./http/api";
import { ApiError } from "./http/errors";
import { Faults } from "./http/faults";
import { guardResponse } from "./http/guards";
import { IdempotencyKeys } from "./http/idempotency";
import { bodyOf } from "./http/request";
import { notice } from "./pages/document";
import { answerPage, isPage } from "./pages";

/** What every page and every answer of the sandbox says. */
export const BANNER = "Local billing sandbox - no money moves";
type Answers = (request: ApiRequest) => Promise<ApiAnswer>;

const KEY = /^sk_test_sandbox_[A-Za-z0-9_]{1,200}$/;

export interface BillingSandboxOptions {
  contract: Contract;
  /** 0, which is usual, takes a free one. */
  port?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  makeStore?: () => Store;
}

export interface BillingSandbox {
  host: string;
  port: number;
  url: string;
  faults: Faults;
  /** The account of a secret key; it is made when it is first named. */
  account: (secretKey: string) => Tenancy;
  stop: () => Promise<void>;
}

/** A billing API on loopback that answers by the contract; nothing that it does moves money. */
export async function startBillingSandbox(options: BillingSandboxOptions): Promise<BillingSandbox> {
  const faults = new Faults();
  const tenancies = new Map<string, Tenancy>();
  const account = (key: string) => {
    const there = tenancies.get(key) ?? tenancyOf(key, options, urlOf(server));
    tenancies.set(key, there);
    return there;
  };
  const answers: Answers = async (request) => {
    if (isPage(request.url.pathname)) return answerPage(request, tenancies.values());
    return api(request);
  };
  const api = apiOf({ contract: options.contract, faults, tenancy: (key) => account(authenticated(key)) });
  const server = createServer((request, response) => void send(request, response, answers));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...{ host: "127.0.0.1", port, url: urlOf(server), faults, account },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function tenancyOf(key: string, options: BillingSandboxOptions, pages: string): Tenancy {
  const { contract, now = Date.now, makeStore = () => new MemoryStore() } = options;
  const digest = createHash("sha256").update(key).digest("hex").slice(0, 16);
  const found = routeFinder(contract)("GET", "/v1/events/evt");
  if (found === null) throw new Error("the contract knows no events");
  const account = new Account({
    ...{ id: `acct_${digest}`, store: makeStore(), clock: new AccountClock(now), pages },
    apiVersion: contract.pin.apiVersion,
    checkEvent: (event) => guardResponse(contract, found.operation, event),
  });
  return { account, keys: new IdempotencyKeys(), deliveries: new Deliveries(account) };
}

/** The key, if it is one of the sandbox's own: a real one must never come here. */
function authenticated(key: string): string {
  if (KEY.test(key)) return key;
  const shown = `${key.slice(0, 8)}****`;
  throw new ApiError(401, `Invalid API Key provided: ${shown}. ${BANNER}: its keys begin with sk_test_sandbox_.`);
}

async function send(request: IncomingMessage, response: ServerResponse, answers: Answers): Promise<void> {
  const id = newId("req", 14);
  response.setHeader("request-id", id);
  response.setHeader("x-billing-sandbox", BANNER);
  const answered = await answerOf(id, request, answers).catch((error: unknown): ApiAnswer => {
    const refusal = error instanceof ApiError ? error : brokenBy(error);
    return { status: refusal.status, body: JSON.stringify(refusal.body) };
  });
  if (answered === "reset") {
    request.socket.destroy();
    return;
  }
  const { status, headers, body } = answered;
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

async function answerOf(id: string, request: IncomingMessage, answers: Answers): Promise<ApiAnswer> {
  const url = addressOf(request);
  const method = request.method ?? "";
  if (method === "GET" && url.pathname === "/") return FRONT_PAGE;
  return answers({ id, method, url, headers: request.headers, body: await bodyOf(request) });
}

const FRONT_PAGE: ApiAnswer = notice(200, BANNER, "This is the billing API that the product talks to on this machine.");

/** Refuses names that only look like this machine: a page of another site could have pointed one here. */
function addressOf(request: IncomingMessage): URL {
  const host = request.headers.host ?? "";
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) throw new ApiError(400, `Invalid host: ${host}`);
  return new URL(request.url ?? "/", `http://${host}`);
}

function brokenBy(error: unknown): ApiError {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ApiError(500, `The local billing sandbox is at fault: ${message}`, { type: "api_error" });
}
