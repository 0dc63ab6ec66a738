import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { callerAt, type Line } from "./caller";
import { oneOf } from "./chance";

export interface Worker {
  name: string;
  child: ChildProcess;
  /** True once it takes work. */
  isReady: boolean;
  isFrozen: boolean;
}

export interface Fleet {
  /** Those that take work now. */
  ready(): Worker[];
  find(name: string): Worker | undefined;
  /** The worker that holds the near end of a line, as the kernel knows it. */
  at(line: Line): Worker | undefined;
  /** How many processes were started so far: more than there are workers means that some have ended. */
  started(): number;
  /** All that the processes printed, each its last lines. */
  log(): string;
  stop(): Promise<void>;
}

export interface FleetOptions {
  /** Folder of the product's sources. */
  root: string;
  size: number;
  chance: () => number;
  /** Whether some processes' clocks are wrong. */
  areClocksOff: boolean;
  env: Readonly<Record<string, string>>;
  /** Address of the database for the worker of a name. */
  databaseUrl: (name: string) => string;
}

const HOUR_MS = 3_600_000;
/** How wrong the clock of a process may be. */
const CLOCKS_OFF_MS = [0, 0, HOUR_MS, -HOUR_MS, 24 * HOUR_MS, -24 * HOUR_MS];

/** Puts the clock of a Node process wrong, before anything else runs in it. */
const wrongClock = (ms: number) =>
  `--import=data:text/javascript,${encodeURIComponent(`
    const now = Date.now;
    globalThis.Date = class extends Date {
      constructor(...given) { super(...(given.length === 0 ? [now() + ${ms}] : given)); }
      static now() { return now() + ${ms}; }
    };`)}`;

const LAST_CHARACTERS = 20_000;

/** Keeps as many worker processes running as it is told; whichever ends, by whatever cause, is replaced by a new one. */
export function startFleet({ root, size, chance, areClocksOff, env, databaseUrl }: FleetOptions): Fleet {
  const workers = new Map<string, Worker>();
  const logs = new Map<string, string>();
  const state = { started: 0, isStopping: false };

  const start = () => {
    state.started += 1;
    const name = `worker-${state.started}`;
    const off = areClocksOff ? oneOf(chance, CLOCKS_OFF_MS) : 0;
    const child = spawn(process.execPath, [path.join(root, "jobs", "cli", "conductor.mjs"), "worker"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        ...{ CONDUCTOR_MODE: "local", LOG_LEVEL: "info", ...env, DATABASE_URL: databaseUrl(name) },
        NODE_OPTIONS: [env.NODE_OPTIONS ?? "", off === 0 ? "" : wrongClock(off)].join(" ").trim(),
        TSX_TSCONFIG_PATH: path.join(root, "tsconfig.json"),
      },
    });
    const worker: Worker = { name, child, isReady: false, isFrozen: false };
    workers.set(name, worker);
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        const text = chunk.toString("utf8");
        logs.set(name, ((logs.get(name) ?? "") + text).slice(-LAST_CHARACTERS));
        if (text.includes("executor started")) worker.isReady = true;
      });
    child.once("exit", () => {
      workers.delete(name);
      if (!state.isStopping) start();
    });
  };
  for (let count = 0; count < size; count += 1) start();
  // Should the harness end before it has stopped them.
  process.once("exit", () => workers.forEach(({ child }) => child.kill("SIGKILL")));

  return {
    ready: () => [...workers.values()].filter(({ isReady, isFrozen }) => isReady && !isFrozen),
    find: (name) => workers.get(name),
    at: (line) => {
      const pid = callerAt(
        line,
        [...workers.values()].flatMap(({ child }) => child.pid ?? []),
      );
      return [...workers.values()].find(({ child }) => pid !== null && child.pid === pid);
    },
    started: () => state.started,
    log: () => [...logs].map(([name, text]) => `--- ${name}\n${text}`).join("\n"),
    stop: async () => {
      state.isStopping = true;
      await Promise.all(
        [...workers.values()].map(({ child }) => {
          const ended = new Promise((resolve) => child.once("exit", resolve));
          child.kill("SIGCONT");
          child.kill("SIGTERM");
          return ended;
        }),
      );
    },
  };
}
