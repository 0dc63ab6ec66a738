import { readFileSync } from "node:fs";

/** Linux tells CPU time in hundredths of a second, whatever its own clock does. */
const TICK_MS = 10;
const LOOK_EVERY_MS = 20;

/**
 * Milliseconds that the main thread of a process has computed, to the nearest 10. Null where the system does not tell:
 * only Linux does, in `/proc`.
 */
export function computedMs(pid: number): number | null {
  try {
    const line = readFileSync(`/proc/${pid}/task/${pid}/stat`, "utf8");
    // The name, in brackets, may hold spaces and brackets; user and system time are the 12th and 13th word after it.
    const words = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return (Number(words[11]) + Number(words[12])) * TICK_MS;
  } catch {
    return null;
  }
}

export interface TimeLimits {
  /** The most it may compute; the time in which others have the processor does not count. */
  computingMs: number;
  /** The most that may pass by the clock on the wall, which ends what only waits. */
  passingMs: number;
  /** The same where CPU time is not told, and the clock has to end what computes, too. */
  passingAloneMs: number;
}

export interface TimeWatch {
  /** Resolves with what was exceeded, in words, once it is. */
  exceeded: Promise<string>;
  stop: () => void;
}

/** Watches a process from this moment on, until it is stopped or a limit is exceeded. */
export function watchTime(pid: number, { computingMs, passingMs, passingAloneMs }: TimeLimits): TimeWatch {
  const before = computedMs(pid);
  const passing = before === null ? passingAloneMs : passingMs;
  const startedAt = performance.now();
  const { promise, resolve } = Promise.withResolvers<string>();
  const look = () => {
    const computed = before === null ? 0 : (computedMs(pid) ?? before) - before;
    if (computed > computingMs) resolve(`computed for more than ${computingMs} ms`);
    else if (performance.now() - startedAt > passing) resolve(`gave no answer within ${passing} ms`);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return { exceeded: promise, stop: () => clearInterval(timer) };
}
