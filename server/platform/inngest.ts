import { AsyncLocalStorage } from "node:async_hooks";
import { Inngest } from "inngest";
import type { Logger } from "pino";
import { engineKind, env, type Env } from "./env";
import { log } from "./log";

/** What the executor answers when the SDK, inside a call, turns to its server (it does so to send events). */
export type ServerInProcess = (url: URL, init: RequestInit) => Promise<Response>;

/**
 * Binds a call to the executor that makes it. The client is one per process while executors may be several, so which
 * one answers travels with the call.
 */
export const serverInProcess = new AsyncLocalStorage<ServerInProcess>();

/** Never resolves: a request that slipped past `serverInProcess` must fail, not leave the machine. */
const NOWHERE = "http://embedded.invalid";

const answerInProcess: typeof globalThis.fetch = async (input, init = {}) => {
  const server = serverInProcess.getStore();
  if (server === undefined)
    throw new Error("The embedded executor takes events from verbs (db/outbox.ts) and from steps, not from here.");
  return server(new URL(input instanceof Request ? input.url : input), init);
};

/** A client whose server is the embedded executor. */
export function createEmbeddedClient(logger: Logger): Inngest {
  return new Inngest({
    id: "conductor",
    isDev: true,
    baseUrl: NOWHERE,
    fetch: answerInProcess,
    logger,
    aiMetadata: false,
  });
}

/** A client of Inngest Cloud, or of a self-hosted server when INNGEST_BASE_URL is set. */
export function createRemoteClient(e: Env, logger: Logger): Inngest {
  const { INNGEST_SIGNING_KEY: signingKey, INNGEST_EVENT_KEY: eventKey, INNGEST_BASE_URL: baseUrl } = e;
  return new Inngest({ id: "conductor", isDev: false, signingKey, eventKey, baseUrl, logger, aiMetadata: false });
}

let client: Inngest | undefined;

/** The one client of this process: functions are defined on it, whichever engine runs them. */
export function inngestClient(): Inngest {
  client ??= engineKind(env()) === "inngest" ? createRemoteClient(env(), log()) : createEmbeddedClient(log());
  return client;
}
