import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { gzipSync } from "node:zlib";
import autocannon from "autocannon";
import { seedRuns } from "@/db/testing/many-runs";
import { type Deployment, startDeployment } from "../fixtures/deployment";
import { freePort } from "../fixtures/free-port";
import { watchForeignCpu } from "./foreign-cpu";
import { FOREIGN_CORES_MAX, type Report, rounded } from "./report";

const ROWS = 50;
const CONNECTIONS = 32;
const SECONDS = 8;
const ROUNDS = 3;
const BARE = path.join(import.meta.dirname, "bare-page");
const NEXT = path.resolve(BARE, "..", "..", "..", "node_modules", "next", "dist", "bin", "next");

async function signIn(url: string, email: string): Promise<string> {
  const answer = await fetch(`${url}/api/demo/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email }),
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  if (!answer.ok || cookie === "") throw new Error(`cannot sign in: ${answer.status}`);
  return cookie;
}

async function startBarePage(databaseUrl: string, tenantId: string): Promise<{ url: string; child: ChildProcess }> {
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    BARE_DATABASE_URL: databaseUrl,
    BARE_TENANT_ID: tenantId,
  };
  const built = spawnSync(process.execPath, [NEXT, "build", BARE, "--webpack"], { encoding: "utf8", env });
  if (built.status !== 0) throw new Error(`the bare page does not build:\n${built.stdout}${built.stderr}`);
  const port = await freePort();
  const child = spawn(process.execPath, [NEXT, "start", BARE, "-H", "127.0.0.1", "-p", String(port)], {
    env,
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await fetch(url).catch(() => undefined))?.ok === true) return { url, child };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGKILL");
  throw new Error("the bare page does not answer");
}

/** Requests per second over some seconds; throws when an answer was not 200, as such a rate means nothing. */
async function rate(url: string, headers: Record<string, string>): Promise<{ perSecond: number; p99: number }> {
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: SECONDS });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} bad answers from ${url}`);
  return { perSecond: result.requests.average, p99: result.latency.p99 };
}

/** Gzip size of every script that the first HTML asks for, in KB. */
async function firstLoadJs(url: string, headers: Record<string, string>): Promise<number> {
  const html = await (await fetch(url, { headers })).text();
  const sources = new Set([...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, source]) => source ?? ""));
  // Old browsers only: a modern one does not fetch it.
  const modern = [...sources].filter(
    (source) =>
      !new RegExp(`<script[^>]+src="${source.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}"[^>]*nomodule`, "i").test(html),
  );
  let bytes = 0;
  for (const source of modern) {
    const script = await fetch(new URL(source, url));
    bytes += gzipSync(Buffer.from(await script.arrayBuffer()), { level: 9 }).length;
  }
  return bytes / 1_000;
}

async function measure(deployment: Deployment): Promise<Report> {
  const { tenantId, databaseUrl } = await seedRuns(deployment.home, "acme", ROWS);
  const headers = { cookie: await signIn(deployment.url, "operator@acme.test") };
  const page = `${deployment.url}/t/acme/switchboard`;
  const rows = ((await (await fetch(page, { headers })).text()).match(/run_[0-9a-f]{32}/g) ?? []).length;
  if (rows < ROWS) throw new Error(`the Switchboard shows ${rows} run ids, not ${ROWS}`);
  const bare = await startBarePage(databaseUrl, tenantId);
  try {
    await rate(bare.url, {});
    await rate(page, headers);
    const foreign = watchForeignCpu();
    const runs: Record<string, number>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const floor = await rate(bare.url, {});
      const product = await rate(page, headers);
      runs.push({
        ...{ floor: floor.perSecond, switchboard: product.perSecond, p99: product.p99 },
        ratio: rounded(product.perSecond / floor.perSecond),
      });
    }
    const foreignCpuCores = rounded(foreign());
    const best = runs.reduce((a, b) => ((b.ratio ?? 0) > (a.ratio ?? 0) ? b : a));
    return {
      name: "switchboard",
      figures: {
        switchboard: { value: best.switchboard ?? 0, unit: "requests/s at 32 connections" },
        p99: { value: best.p99 ?? 0, unit: "ms at 32 connections" },
        firstLoadJs: { value: rounded(await firstLoadJs(page, headers), 1), unit: "KB gzip" },
      },
      floor: { value: best.floor ?? 0, unit: "requests/s, bare dynamic page of 50 rows" },
      ratio: best.ratio ?? 0,
      foreignCpuCores,
      void: foreignCpuCores > FOREIGN_CORES_MAX,
      runs,
    };
  } finally {
    bare.child.kill("SIGTERM");
  }
}

/** The Switchboard with 50 rows, session and walls, beside a bare dynamic Next page that reads 50 rows. */
export async function run(): Promise<Report> {
  const deployment = await startDeployment();
  try {
    return await measure(deployment);
  } finally {
    await deployment.stop();
  }
}
