import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Account } from "./account/account";
import { AccountClock } from "./account/clock";
import { newId } from "./account/ids";
import type { AccountState, SandboxState } from "./account/state";
import { MemoryStore } from "./account/store";
import { Deliveries } from "./account/deliveries";
import { routeFinder } from "./contract/lookup";
import type { Contract } from "./contract/schema";
import { type ApiAnswer, apiOf, type ApiRequest, secretKeyOf, type Tenancy } from "./http/api";
import { ApiError } from "./http/errors";
import { Faults } from "./http/faults";
import { guardResponse } from "./http/guards";
import { IdempotencyKeys } from "./http/idempotency";
import { bodyOf } from "./http/request";
import { notice } from "./pages/document";
import { answerControl, isControl } from "./operator/api";
import { answerOperator, isOperators } from "./operator/page";
import { passTime } from "./objects/passing-time";
import { answerPage, isPage } from "./pages";

/** What every page and every answer of the sandbox says. */
export const BANNER = "Local billing sandbox - no money moves";
type Answers = (request: ApiRequest) => Promise<ApiAnswer>;

interface Held extends Tenancy {
  store: MemoryStore;
}

const KEY = /^sk_test_sandbox_[A-Za-z0-9_]{1,200}$/;

export interface BillingSandboxOptions {
  contract: Contract;
  /** 0, which is usual, takes a free one. */
  port?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** What an earlier one held when it stopped. */
  state?: SandboxState | null;
  /** Called after each request, when something may have changed. */
  onRequest?: () => void;
}

export interface BillingSandbox {
  host: string;
  port: number;
  url: string;
  faults: Faults;
  /** The account of a secret key; it is made when it is first named. */
  account: (secretKey: string) => Tenancy;
  /** Does what time has brought to every account by itself, and tries deliveries again that are due. */
  tick: () => Promise<void>;
  state: () => SandboxState;
  stop: () => Promise<void>;
}

/** A billing API on loopback that answers by the contract; nothing that it does moves money. */
export async function startBillingSandbox(options: BillingSandboxOptions): Promise<BillingSandbox> {
  const faults = new Faults();
  const tenancies = new Map<string, Held>();
  const account = (key: string) => {
    const there = tenancies.get(key) ?? tenancyOf(key, options, urlOf(server));
    tenancies.set(key, there);
    return there;
  };
  const answers: Answers = async (request) => {
    if (isPage(request.url.pathname)) return answerPage(request, tenancies.values());
    if (isOperators(request.url.pathname)) return answerOperator(request, [...tenancies.values()], faults);
    if (isControl(request.url.pathname)) {
      return answerControl(request, { ...account(authenticated(secretKeyOf(request.headers))), faults });
    }
    return api(request);
  };
  const api = apiOf({ contract: options.contract, faults, tenancy: (key) => account(authenticated(key)) });
  const server = createServer((request, response) => void send(request, response, answers).finally(options.onRequest));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  for (const { secretKey } of options.state?.accounts ?? []) account(secretKey);
  return {
    ...{ host: "127.0.0.1", port, url: urlOf(server), faults, account },
    tick: async () => {
      for (const held of tenancies.values()) await tickOf(held);
    },
    state: () => ({ accounts: [...tenancies].map(([key, held]) => stateOf(key, held)) }),
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

function tenancyOf(key: string, options: BillingSandboxOptions, pages: string): Held {
  const { contract, now = Date.now, state } = options;
  const before = state?.accounts.find(({ secretKey }) => secretKey === key);
  const digest = createHash("sha256").update(key).digest("hex").slice(0, 16);
  const found = routeFinder(contract)("GET", "/v1/events/evt");
  if (found === null) throw new Error("the contract knows no events");
  const store = new MemoryStore(before?.rows);
  const account = new Account({
    ...{ id: `acct_${digest}`, store, clock: new AccountClock(now, before?.aheadSeconds), pages },
    apiVersion: contract.pin.apiVersion,
    checkEvent: (event) => guardResponse(contract, found.operation, event),
  });
  const deliveries = new Deliveries(account, [...(before?.deliveries ?? [])]);
  return { account, keys: new IdempotencyKeys(before?.keys), deliveries, store };
}

function stateOf(secretKey: string, { account, keys, deliveries, store }: Held): AccountState {
  const aheadSeconds = account.clock.ahead;
  return { secretKey, aheadSeconds, rows: store.dump(), keys: keys.dump(), deliveries: deliveries.all };
}

async function tickOf({ account, deliveries }: Tenancy): Promise<void> {
  account.atomically(() => passTime(account));
  deliveries.dispatch();
  await deliveries.retryDue();
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
