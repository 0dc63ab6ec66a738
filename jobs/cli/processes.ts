import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

/** A process that `up` started and stops again. */
export interface Started {
  name: string;
  child: ChildProcess;
  /** Settles when it ended. */
  ended: Promise<void>;
}

export function startProcess(name: string, command: string, args: string[], env: NodeJS.ProcessEnv): Started {
  // A group of its own, so that Ctrl-C reaches only `up`, which stops its parts in order.
  const child = spawn(command, args, { env, stdio: ["ignore", "inherit", "inherit"], detached: true });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return { name, child, ended };
}

/** Asks a process to end and waits; after `graceMs` it is killed. */
export async function stopProcess({ child, ended }: Started, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(timer);
}

/**
 * Resolves at Ctrl-C or a polite kill. Further signals change nothing: they often come twice, from a terminal's group and from
 * whoever called, and would end this process in the middle of stopping what it started.
 */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve());
  });
}

/** Null when the address is free, else what stands in the way, in words. */
export async function whyPortIsTaken(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === "EADDRINUSE"
          ? `Port ${port} on ${host} is in use. Stop what listens there, or choose another: PORT=${port + 1} npm run up`
          : `Cannot listen on ${host}:${port}: ${error.message}`,
      ),
    );
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}
