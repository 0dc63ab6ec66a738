import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { must } from "@/server/kernel/errors";
import { asOwner } from "./as-owner";
import { watchForeignCpu } from "./foreign-cpu";
import { FOREIGN_CORES_MAX, type Peer, type PeerRound, rounded } from "./report";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
const WITHIN_MS = 10 * 60_000;
/** All that a peer's process is told of this one's environment: nothing in it may make the peer call anybody. */
const TOLD = ["PATH", "HOME", "TMPDIR", "TSX_DISABLE_CACHE"];

/** What else runs durable steps on nothing but Postgres: its program in `peers/`, its package, its name in the report. */
const PEERS = [
  { key: "dbos", program: "dbos.ts", module: "@dbos-inc/dbos-sdk" },
  { key: "graphileWorker", program: "graphile-worker.ts", module: "graphile-worker" },
] as const;

function pinned(name: string): string {
  const text = readFileSync(path.join(ROOT, "e2e", "package.json"), "utf8");
  const { devDependencies } = JSON.parse(text) as { devDependencies: Record<string, string> };
  return must(devDependencies[name], `e2e pins ${name}`);
}

async function databaseFor(ownerUrl: string, name: string): Promise<string> {
  await asOwner(ownerUrl, `create database ${name} template template0`);
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

async function measureIn(program: string, databaseUrl: string): Promise<PeerRound[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", path.join(ROOT, "e2e", "load", "peers", program), databaseUrl],
    {
      ...{ cwd: ROOT, timeout: WITHIN_MS },
      env: {
        ...Object.fromEntries(TOLD.map((name) => [name, process.env[name]])),
        ...{ NODE_ENV: "production", TSX_TSCONFIG_PATH: path.join(ROOT, "tsconfig.json") },
      },
    },
  );
  return JSON.parse(stdout) as PeerRound[];
}

/**
 * Measures each peer on the same Postgres, in a database and a process of its own, one after the other.
 * `stepsPerSecond` is the product's rate, of which each peer's ratio is made. Throws when a peer's process fails.
 */
export async function measurePeers(ownerUrl: string, stepsPerSecond: number): Promise<Record<string, Peer>> {
  const peers: Record<string, Peer> = {};
  for (const { key, program, module } of PEERS) {
    const databaseUrl = await databaseFor(ownerUrl, `peer_${key.toLowerCase()}`);
    const foreign = watchForeignCpu();
    const rounds = await measureIn(program, databaseUrl);
    const foreignCpuCores = rounded(foreign());
    const [best] = [...rounds].sort((a, b) => b.stepsPerSecond - a.stepsPerSecond);
    peers[key] = {
      ...{ package: module, version: pinned(module), ...must(best, "a peer's process measures rounds") },
      ratio: rounded(stepsPerSecond / must(best, "a peer's process measures rounds").stepsPerSecond),
      ...{ foreignCpuCores, void: foreignCpuCores > FOREIGN_CORES_MAX, runs: rounds },
    };
  }
  return peers;
}
