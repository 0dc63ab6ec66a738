import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../fixtures/free-port";
import { watchForeignCpu } from "./foreign-cpu";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
const READY_WITHIN_MS = 20 * 60_000;
const seconds = (since: number) => rounded((performance.now() - since) / 1_000, 1);

function must(command: string, args: readonly string[], cwd: string): void {
  const done = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${done.stdout}${done.stderr}`);
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Ends `npm run up` as Ctrl-C would; its standard output is closed once `up`, which stops all others first, has ended. */
async function stopped(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  process.kill(-child.pid, "SIGINT");
  await ended;
}

/** Seconds from `npm run up` to the first answer that says everything is there. */
async function secondsToReady(clone: string): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn("npm", ["run", "up"], {
    cwd: clone,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
    env: { ...process.env, PORT: String(port), CONDUCTOR_PUBLIC_URL: `http://localhost:${port}` },
  });
  child.stdout.resume();
  try {
    for (;;) {
      const ready = await fetch(`http://127.0.0.1:${port}/api/ready`).catch(() => undefined);
      if (ready?.ok === true) return seconds(startedAt);
      if (hasEnded(child)) throw new Error("npm run up ended before it was ready");
      if (performance.now() - startedAt > READY_WITHIN_MS) throw new Error("npm run up is not ready");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await stopped(child);
  }
}

/**
 * The first start of a fresh clone (packages from npm's cache, build, database, demo data) and a second start, beside
 * `npm ci` alone in the same clone.
 */
export async function run(): Promise<Report> {
  const folder = await mkdtemp(path.join(tmpdir(), "conductor-start-"));
  try {
    const clone = path.join(folder, "clone");
    must("git", ["clone", "--quiet", ROOT, clone], folder);
    const foreign = watchForeignCpu();
    const installStarted = performance.now();
    must("npm", ["ci", "--loglevel=error"], clone);
    const install = seconds(installStarted);
    await rm(path.join(clone, "node_modules"), { recursive: true });
    const first = await secondsToReady(clone);
    const second = await secondsToReady(clone);
    const foreignCpuCores = rounded(foreign());
    return {
      name: "start",
      figures: {
        first: { value: first, unit: "s from npm run up in a fresh clone to ready, npm's cache warm" },
        second: { value: second, unit: "s from npm run up to ready, the second time" },
      },
      floor: { value: install, unit: "s, npm ci alone" },
      ratio: rounded(install / first),
      foreignCpuCores,
      void: foreignCpuCores > FOREIGN_CORES_MAX,
      runs: [{ first, second, install }],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
