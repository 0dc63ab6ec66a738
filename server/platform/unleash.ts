import imported from "unleash-client/lib/client.js";
import { defaultStrategies } from "unleash-client/lib/strategy/index.js";
import { type Flag, type FlagState, parseFlagState, readBackup, writeBackup } from "./flag-state";
import { log } from "./log";

// The evaluation alone: the whole package brings an HTTP client, and a quarter of a second to each start. It is CommonJS, of
// which Node gives the exports and bundlers and tests the default.
const Evaluation = (imported as typeof imported & { default?: typeof imported }).default ?? imported;

/** A server that says nothing for this long does not answer (milliseconds). */
const ANSWERS_WITHIN_MS = 5_000;

/** Where answers come from: the server, what it said last, what is built in, or nowhere. */
export type Provider = "live" | "backup" | "bootstrap" | "none";

export interface FlagServerSettings {
  /** Its API, such as `https://unleash.example/api`. */
  url: string;
  token: string;
  environment: string;
  refreshMs: number;
  backupFile: string;
}

export interface StandingOfFlags {
  provider: Provider;
  /** The server's number of the state that answers; null where it is not the server's. */
  revision: number | null;
  /** Whether a server is configured. */
  isConfigured: boolean;
  /** Why the server does not answer; null while it does, or was not asked yet. */
  problem: string | null;
}

/** Flags as a process knows them: each question is answered from memory, at once. */
export interface FlagStore {
  isEnabled: (name: string, properties: Readonly<Record<string, string | number>>) => boolean;
  has: (name: string) => boolean;
  standing: () => StandingOfFlags;
  /** Asks the server from now on, again and again; keeps no process alive. Resolves once the first answer, whatever it is, is kept. */
  start: () => Promise<void>;
  stop: () => void;
}

interface Options {
  /** Null for a deployment without a server. */
  server: FlagServerSettings | null;
  /** What is built in; null where that is not to decide. */
  bootstrap: FlagState | null;
  environment: string;
}

const byName = (state: FlagState | null): ReadonlyMap<string, Flag> =>
  new Map(state?.features.map((flag) => [flag.name, flag]));

/** What was kept of the server's answers. A file that cannot be read is as none, and is told. */
function keptState(server: FlagServerSettings | null): FlagState | null {
  if (server === null) return null;
  try {
    return readBackup(server.backupFile, server);
  } catch (error) {
    log().warn({ err: error }, "the backup of the flags cannot be read");
    return null;
  }
}

interface Known {
  provider: Provider;
  state: FlagState | null;
}

function firstKnown({ server, bootstrap }: Options): Known {
  const kept = keptState(server);
  if (kept !== null) return { provider: "backup", state: kept };
  return { provider: bootstrap === null ? "none" : "bootstrap", state: bootstrap };
}

const inWords = (error: unknown): string => {
  if (!(error instanceof Error)) return "it does not answer";
  if (error.name === "TimeoutError") return `it does not answer within ${ANSWERS_WITHIN_MS / 1_000} s`;
  // fetch() says no more than that it failed, by a TypeError with a cause; our own have none.
  return error.cause === undefined ? error.message : "it cannot be reached";
};

/** Keeps what the server said. A full disk costs the backup, and nothing else. */
const keep = (server: FlagServerSettings, state: FlagState) =>
  writeBackup(server.backupFile, { url: server.url, environment: server.environment }, state, new Date()).catch(
    (error: unknown) => log().warn({ err: error }, "the flags could not be kept for a start without their server"),
  );

interface Answer {
  state: FlagState;
  etag: string | null;
}

/** Asks the server; null while nothing has changed since the answer of that tag. Rejects when it gives no flags. */
async function askServer(
  server: FlagServerSettings,
  etag: string | null,
  stopped: AbortSignal,
): Promise<Answer | null> {
  const response = await fetch(`${server.url.replace(/\/+$/, "")}/client/features`, {
    headers: { authorization: server.token, ...(etag === null ? {} : { "if-none-match": etag }) },
    // The token is for this address alone.
    ...{ redirect: "error", cache: "no-store" },
    signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWERS_WITHIN_MS)]),
  });
  if (response.status === 304) return null;
  if (!response.ok) throw new TypeError(`it answers ${response.status}`);
  return { state: parseFlagState(await response.json().catch(() => null)), etag: response.headers.get("etag") };
}

/** What decides over flags that a map holds, by the SDK's own rules. */
function evaluation(flags: () => ReadonlyMap<string, Flag>) {
  // All that it asks of a repository.
  const repository = { getToggle: (name: string) => flags().get(name), getSegment: () => undefined };
  const client = new Evaluation(repository as never, [...defaultStrategies]);
  // A listener has to be there: without one the first complaint would be thrown at whoever asks.
  for (const event of ["warn", "error"])
    client.on(event, (complaint: unknown) => log().warn({ err: complaint }, "a flag cannot be evaluated as it stands"));
  return client;
}

/** Does something at once and then again after each pause, until it is stopped; the pauses keep no process alive. */
async function repeat(turn: () => Promise<void>, everyMs: number, stopped: AbortSignal): Promise<void> {
  await turn();
  if (!stopped.aborted) setTimeout(() => void repeat(turn, everyMs, stopped), everyMs).unref();
}

/**
 * The flags of a process, by a server where one is configured, else what it said last (a file), else what is built in, in that
 * order. While a server that once answered does not, what it said last counts on. With none of them, every flag is off.
 */
export function createFlagStore(options: Options): FlagStore {
  const { server, environment } = options;
  let { provider, state } = firstKnown(options);
  let flags = byName(state);
  let problem: string | null = null;
  let etag: string | null = null;
  let running: AbortController | undefined;
  const client = evaluation(() => flags);

  async function ask(of: FlagServerSettings, stopped: AbortSignal): Promise<void> {
    try {
      const answer = await askServer(of, etag, stopped);
      if (answer !== null) {
        ({ state, etag } = answer);
        flags = byName(state);
      }
      if (provider !== "live") log().info({ revision: state?.meta?.revisionId }, "the flag server answers");
      [provider, problem] = ["live", null];
      // Before it is asked again, so that what is kept is never the older of two.
      if (answer !== null) await keep(of, answer.state);
    } catch (error) {
      if (stopped.aborted) return;
      const why = inWords(error);
      if (problem !== why) log().warn({ why }, "the flag server gives no flags; what is known counts on");
      // What it said last is what the file holds.
      [provider, problem] = [provider === "live" ? "backup" : provider, why];
    }
  }

  return {
    isEnabled: (name, properties) => client.isEnabled(name, { environment, properties }, () => false),
    has: (name) => flags.has(name),
    standing: () => ({ provider, revision: state?.meta?.revisionId ?? null, isConfigured: server !== null, problem }),
    start: async () => {
      if (server === null || running !== undefined) return;
      const { signal } = (running = new AbortController());
      await repeat(() => ask(server, signal), server.refreshMs, signal);
    },
    stop: () => {
      running?.abort();
      running = undefined;
    },
  };
}
