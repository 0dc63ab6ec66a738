import { type ChildProcess, spawn } from "node:child_process";
import type { Identity } from "./embedded-places";
import { whyNotStarted } from "./embedded-program";

export interface ServerOptions {
  command: string;
  args: readonly string[];
  identity: Identity;
  say: (line: string) => void;
  /** How long a polite stop may take; then the server is ended at once, and recovers at its next start (milliseconds). */
  stopWithinMs?: number;
}

export interface Server {
  /** The last of what it printed. */
  output: () => string;
  /** True once it ended before anybody said `keep`. */
  hasFailed: () => boolean;
  /** From now on its end is an accident: it is started again, as often as it takes. */
  keep: () => void;
  stop: () => Promise<void>;
}

// A server that ends sooner than this after its start was not disturbed: it cannot run as things are.
const LASTED_MS = 2_000;
/** How long such a server rests before it is tried again: it may be waiting for disk space. */
const REST_MS = 1_000;
// What it tells clients that come while it starts or stops is no reason to end.
const REASON = /(?:FATAL|PANIC):\s+(?!\s|the database system is|terminating connection)(.+)/g;

async function end(child: ChildProcess, withinMs: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGQUIT"), withinMs);
  await exited;
  clearTimeout(timer);
}

/** Runs the server until it is stopped; should it die once it is kept, it is started again in the same place. */
export function keepRunning({ command, args, identity, say, stopWithinMs = 30_000 }: ServerOptions): Server {
  let output = "";
  let reason = "";
  let state: "starting" | "failed" | "kept" | "stopping" = "starting";
  let toldReason = "";
  let child: ChildProcess | undefined;
  let rest: NodeJS.Timeout | undefined;
  const start = () => {
    const startedAt = Date.now();
    output = "";
    reason = "it did not say why";
    try {
      // A group of its own: Ctrl-C reaches the owner, which stops the server after its last client.
      child = spawn(command, args, { ...identity, detached: true, stdio: ["ignore", "ignore", "pipe"] });
    } catch (error) {
      // Some reasons Node throws, such as no memory or no right to change the user; others it tells later.
      notStarted(error);
      return;
    }
    child.once("error", notStarted);
    child.stderr?.on("data", (chunk: Buffer) => {
      const text = chunk.toString("utf8");
      output = (output + text).slice(-4_000);
      reason = [...text.matchAll(REASON)].at(-1)?.[1] ?? reason;
    });
    child.once("exit", () => ended(Date.now() - startedAt >= LASTED_MS));
  };
  const notStarted = (error: unknown) => {
    reason = output = whyNotStarted(command, error) ?? String(error);
    ended(false);
  };
  const ended = (hasLasted: boolean) => {
    if (state === "starting") state = "failed";
    if (state !== "kept") return;
    if (hasLasted) {
      toldReason = "";
      say("Postgres ended unexpectedly; starting it again");
      start();
      return;
    }
    if (reason !== toldReason) say(`Postgres cannot run: ${reason}; trying again each second`);
    toldReason = reason;
    rest = setTimeout(start, REST_MS);
  };
  start();
  return {
    output: () => output,
    hasFailed: () => state === "failed",
    keep: () => {
      if (state === "starting") state = "kept";
    },
    stop: async () => {
      state = "stopping";
      clearTimeout(rest);
      if (child !== undefined) await end(child, stopWithinMs);
    },
  };
}
