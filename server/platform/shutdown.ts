import type { Server } from "node:http";

/** How long requests that are under way may take once no new connection is accepted, at the least (milliseconds). */
export const FINISH_MS = 4_000;
/** As long as that leaves less than the ten seconds after which operators' tools kill, it is all of them but one. */
const LEAVE_WITHIN_MS = 9_000;
const LOOK_MS = 100;

// On globalThis, as Next's server loads this module once per bundle: one hears the signal, another answers readiness.
const holder = globalThis as typeof globalThis & { conductorShutdown?: { isOn: boolean; server?: Server } };
holder.conductorShutdown ??= { isOn: false };
const state = holder.conductorShutdown;

/** True from the moment in which this process is asked to end: it is not ready any more, and keeps no connection. */
export const isShuttingDown = (): boolean => state.isOn;

/** Names the server whose connections are let go of, once nothing is under way on them, when this process is to end. */
export function servedBy(server: Server): void {
  state.server = server;
}

/**
 * Makes SIGTERM end this process in order: for `delayMs` it answers as before and only says that it is not ready, so that
 * whatever sends it requests notices; then whoever listened for the signal before (Next, which closes the server and waits
 * for what is under way) is told. Ends it with code 1 where that takes too long. SIGINT is left alone: whoever
 * presses Ctrl-C does not wait.
 */
export function shutDownInOrder({ delayMs }: { delayMs: number }): void {
  const told = process.listeners("SIGTERM");
  process.removeAllListeners("SIGTERM");
  process.on("SIGTERM", (signal) => {
    if (state.isOn) return;
    state.isOn = true;
    setTimeout(() => process.exit(1), Math.max(delayMs + FINISH_MS, LEAVE_WITHIN_MS)).unref();
    setTimeout(() => {
      for (const listener of told) listener(signal);
      // A closed server forgets connections that were busy then and are idle now.
      setInterval(() => state.server?.closeIdleConnections(), LOOK_MS).unref();
    }, delayMs);
  });
}
