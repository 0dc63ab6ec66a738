import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { freePort } from "@/db/embedded-connection";

const PROGRAM = path.join(import.meta.dirname, "node_modules", "unleash-server", "dist", "server.js");

/** Its first start migrates an empty database: 10 s on an idle machine (milliseconds). */
const STARTS_WITHIN_MS = 180_000;
const LOOK_MS = 100;

// Nobody but this machine reaches the server, and nothing of it is kept.
const SECRET = "for-tests-and-developers-only";

export interface FlagServer {
  /** Its API, as UNLEASH_URL takes it. */
  url: string;
  port: number;
  /** What may change flags, and what may read them in one environment. */
  adminToken: string;
  clientToken: (environment: string) => string;
  stop: () => Promise<void>;
}

interface Options {
  /** Superuser URL of a database of its own; what is there is gone on with. */
  databaseUrl: string;
  /** Where it listens on loopback; any free port when left out. */
  port?: number;
  /** Who may sign in at its pages; nobody but whoever reads this file when left out. */
  password?: string;
}

function settings({ databaseUrl, port, password }: Required<Options>): NodeJS.ProcessEnv {
  return {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME, TZ: "UTC", NODE_ENV: "production", LOG_LEVEL: "warn" },
    ...{ DATABASE_URL: databaseUrl, DATABASE_SSL: "false", HTTP_HOST: "127.0.0.1", HTTP_PORT: String(port) },
    ...{ UNLEASH_URL: `http://127.0.0.1:${port}`, CHECK_VERSION: "false", SEND_TELEMETRY: "false" },
    ...{ UNLEASH_DEFAULT_ADMIN_USERNAME: "admin", UNLEASH_DEFAULT_ADMIN_PASSWORD: password },
    INIT_ADMIN_API_TOKENS: `*:*.${SECRET}`,
    INIT_BACKEND_API_TOKENS: `*:development.${SECRET},*:production.${SECRET}`,
  };
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

async function untilHealthy(child: ChildProcess, port: number, said: () => string): Promise<void> {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!(await isHealthy(port))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline)
      throw new Error(`unleash-server did not start:\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  // It would wait for clients that keep their connections; a server that is gone is gone at once.
  child.kill("SIGKILL");
  await exited;
}

/** Starts the real unleash-server on loopback, from the packages of this folder. Throws with what it said when it does not. */
export async function startFlagServer(options: Options): Promise<FlagServer> {
  if (!existsSync(PROGRAM)) throw new Error("unleash-server is not installed: npm ci --prefix e2e/unleash");
  const port = options.port ?? (await freePort());
  let said = "";
  const child = spawn(process.execPath, ["--max-old-space-size=512", PROGRAM], {
    env: settings({ password: SECRET, ...options, port }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (said = (said + chunk.toString("utf8")).slice(-4_000)));
  try {
    await untilHealthy(child, port, () => said);
  } catch (error) {
    await end(child);
    throw error;
  }
  return {
    ...{ url: `http://127.0.0.1:${port}/api`, port, adminToken: `*:*.${SECRET}` },
    clientToken: (environment) => `*:${environment}.${SECRET}`,
    stop: () => end(child),
  };
}
