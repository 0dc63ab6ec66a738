import { Unleash } from "unleash-client";
import type { Env } from "./env";
import { log } from "./log";

/** Where flag answers come from: a live server, its last answer, or what is built in. */
export type FlagsState = "built-in" | "live" | "starting" | "unreachable";

interface Flags {
  client: Unleash;
  state: FlagsState;
}

let flags: Flags | undefined;

function start(url: string, token: string): Flags {
  const client = new Unleash({ appName: "maestro-conductor", url, customHeaders: { Authorization: token } });
  const started: Flags = { client, state: "starting" };
  client.on("synchronized", () => {
    started.state = "live";
  });
  // The client goes on polling and answers from its backup meanwhile.
  client.on("error", (error: unknown) => {
    if (started.state !== "unreachable") log().warn({ err: error }, "the flag server cannot be reached");
    started.state = "unreachable";
  });
  client.on("changed", () => {
    started.state = "live";
  });
  client.on("unchanged", () => {
    started.state = "live";
  });
  return started;
}

/** Starts the flag client on first use and tells where its answers come from. */
export function flagsState(e: Env): FlagsState {
  if (e.UNLEASH_URL === undefined || e.UNLEASH_API_TOKEN === undefined) return "built-in";
  flags ??= start(e.UNLEASH_URL, e.UNLEASH_API_TOKEN);
  return flags.state;
}
