import Stripe from "stripe";
import { Account } from "./account/account";
import { AccountClock } from "./account/clock";
import { Deliveries } from "./account/deliveries";
import { newId } from "./account/ids";
import { MemoryStore, type StoredRows } from "./account/store";
import type { Kinds, ThinEvent } from "./account/wire";
import { routeFinder } from "./contract/lookup";
import type { Contract } from "./contract/schema";
import { type ApiAnswer, apiOf, type Tenancy } from "./http/api";
import { ApiError } from "./http/errors";
import { Faults } from "./http/faults";
import { guardResponse } from "./http/guards";
import { IdempotencyKeys } from "./http/idempotency";

/** Gives what happened to its owner, in place of telling endpoints. */
class Gathered extends Deliveries {
  constructor(
    private readonly of: Account,
    private readonly onEvent: (event: Kinds["event"] | ThinEvent) => void,
  ) {
    super(of);
  }

  override dispatch(): void {
    for (const event of this.of.takeEvents()) this.onEvent(event);
  }
}

/** An account of the sandbox within this process: the SDK reaches it without sockets. */
export interface InProcessAccount extends Tenancy {
  store: MemoryStore;
  /** A client of the SDK; `around` is asked about each of its calls, and may fail it, lose its answer, or never come back. */
  client: (around?: Around) => Stripe;
}

/** Does a call or does not: `perform` does it and gives its answer. */
export type Around = (operation: string, perform: () => Promise<ApiAnswer>) => Promise<ApiAnswer>;

export interface InProcessSettings {
  contract: Contract;
  /** What it begins with; objects are shared, as none is ever changed in place. */
  rows?: StoredRows;
  /** Milliseconds since 1970. */
  now: () => number;
  onEvent?: (event: Kinds["event"] | ThinEvent) => void;
  /** As of `apiOf`. */
  checksAnswers?: boolean;
}

const KEY = "sk_test_sandbox_inprocess";

/** An account with nobody around it but its owner. */
export function accountInProcess({
  contract,
  rows = [],
  now,
  onEvent = () => undefined,
  checksAnswers = true,
}: InProcessSettings): InProcessAccount {
  const found = routeFinder(contract)("GET", "/v1/events/evt");
  if (found === null) throw new Error("the contract knows no events");
  const store = new MemoryStore(rows);
  const account = new Account({
    ...{ id: "acct_inprocess", store, clock: new AccountClock(now), pages: "http://127.0.0.1" },
    apiVersion: contract.pin.apiVersion,
    checkEvent: (event) => {
      if (checksAnswers) guardResponse(contract, found.operation, event);
    },
  });
  const tenancy = { account, keys: new IdempotencyKeys(), deliveries: new Gathered(account, onEvent) };
  const api = apiOf({ contract, faults: new Faults(), tenancy: () => tenancy, checksAnswers });
  const client = (around: Around = (_, perform) => perform()) =>
    new Stripe(KEY, {
      ...{ telemetry: false, maxNetworkRetries: 0, timeout: 600_000 },
      httpClient: {
        getClientName: () => "in-process",
        makeRequest: async (_host, _port, path, method, headers, requestData) => {
          const url = new URL(path, "http://127.0.0.1");
          const lower = Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
          );
          const request = { id: newId("req", 14), method, url, headers: lower, body: requestData };
          const answer = await around(`${method} ${url.pathname}`, () => api(request).catch(refusalOf));
          if (answer === "reset") throw new Error("the connection was reset");
          return responseOf(answer);
        },
      },
    });
  return { ...tenancy, store, client };
}

function refusalOf(error: unknown): ApiAnswer {
  if (!(error instanceof ApiError)) throw error;
  return { status: error.status, body: JSON.stringify(error.body) };
}

function responseOf({ status, headers = {}, body }: Exclude<ApiAnswer, "reset">) {
  return {
    getStatusCode: () => status,
    getHeaders: () => ({ ...headers }),
    getRawResponse: () => ({}),
    toStream: () => {
      throw new Error("nothing is streamed");
    },
    toJSON: async () => JSON.parse(body) as unknown,
  };
}
