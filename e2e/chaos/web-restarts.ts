import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { TEST_SECRET } from "@/db/testing/cluster";
import { signedInCookie } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { freePort } from "../fixtures/free-port";
import { quantile } from "../load/latencies";
import { rounded } from "../load/report";
import { type Balancer, startBalancer } from "./balancer";
import { type Asked, type Ground, onGround } from "./ground";
import type { Violation } from "./oracle";
import type { ChaosReport } from "./report";
import { type Load, startLoad } from "./web-load";

const WORKERS = 1;
const SERVERS = 2;
const EXIT_WITHIN_MS = 10_000;
const READY_WITHIN_MS = 60_000;
/** How long both serve between one restart and the next. */
const REST_MS = 1_000;
const LOOK_MS = 100;
/** As `up` has it: longer than a load balancer keeps a connection that is idle. */
const KEEP_ALIVE_MS = 65_000;
const ROOT = path.resolve(import.meta.dirname, "..", "..");
const NEXT = path.join(ROOT, "node_modules", "next", "dist", "bin", "next");
/** What Next ends with when it was asked to and all was in order. */
const ENDED_BY_SIGTERM = 143;
const LAST_CHARACTERS = 5_000;

interface WebServer {
  port: number;
  child: ChildProcess;
  log: () => string;
}

async function startServer({ scene }: Ground, publicUrl: string): Promise<WebServer> {
  const port = await freePort();
  const serve = ["start", "-H", "127.0.0.1", "-p", String(port), "--keepAliveTimeout", String(KEEP_ALIVE_MS)];
  const child = spawn(process.execPath, [NEXT, ...serve], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...{ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", CONDUCTOR_MODE: "local", LOG_LEVEL: "error" },
      ...{ CONDUCTOR_SECRET: TEST_SECRET, CONDUCTOR_PUBLIC_URL: publicUrl, DATABASE_URL: scene.ownerUrl },
    },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (text = (text + chunk.toString("utf8")).slice(-LAST_CHARACTERS)));
  process.once("exit", () => child.kill("SIGKILL"));
  return { port, child, log: () => text };
}

async function untilReady(balancer: Balancer, servers: readonly WebServer[]): Promise<void> {
  balancer.setTargets(servers.map(({ port }) => port));
  const deadline = performance.now() + READY_WITHIN_MS;
  while (balancer.ready().length < servers.length) {
    const fallen = servers.find(({ child }) => child.exitCode !== null);
    if (fallen !== undefined || performance.now() > deadline)
      throw new Error(`a web server is not ready:\n${(fallen ?? servers.at(-1))?.log() ?? ""}`);
    await setTimeout(LOOK_MS);
  }
}

async function stop({ child }: WebServer): Promise<{ ms: number; code: number | null }> {
  const askedAt = performance.now();
  const ended = once(child, "exit") as Promise<[number | null]>;
  child.kill("SIGTERM");
  const [code] = await ended;
  return { ms: performance.now() - askedAt, code };
}

/** Starts that were confirmed and left no run, or more than one. */
async function lostStarts({ scene }: Ground, { started }: Load, workflowId: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: scene.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; key: string }>(
      "select id, idempotency_key as key from runs where workflow_id = $1",
      [workflowId],
    );
    const kept = Map.groupBy(rows, ({ key }) => key);
    return [...started].flatMap(([order, runId]) => {
      const ids = kept.get(order)?.map(({ id }) => id) ?? [];
      return ids.length === 1 && ids[0] === runId
        ? []
        : [`order ${order} was confirmed as ${runId}, and left ${ids.join(", ")}`];
    });
  } finally {
    await client.end();
  }
}

const broken = (rule: string, all: readonly string[]): Violation[] =>
  all.length === 0 ? [] : [{ rule, words: `${all.length} times; first: ${all.slice(0, 3).join(" | ")}` }];

/**
 * Restarts web servers one after the other (`count` times) while people start runs, read their list and read a page through
 * a load balancer: every answer is whole and well, every confirmed start is kept once, and each server leaves within ten
 * seconds.
 */
export const run = ({ count, seed, say }: Asked): Promise<ChaosReport> =>
  onGround({ name: "web-restarts", workers: WORKERS, isHostile: false, seed, say }, async (ground) => {
    const { operator } = ground.people;
    const steps = [{ id: "only", type: "transform", expression: "input.order" }];
    const { workflowId } = await makePublished(ground.people, { input: { order: { type: "string" } }, steps });
    const balancer = await startBalancer();
    const servers: WebServer[] = [];
    const exits: { ms: number; code: number | null }[] = [];
    try {
      while (servers.length < SERVERS) servers.push(await startServer(ground, balancer.url));
      await untilReady(balancer, servers);
      const cookie = await signedInCookie(operator);
      const load = startLoad({ url: balancer.url, slug: operator.tenant.slug, workflowId, cookie });
      for (let nth = 1; nth <= count; nth += 1) {
        await setTimeout(REST_MS);
        const [oldest, ...others] = servers;
        if (oldest === undefined) throw new Error("no server is left");
        const exit = await stop(oldest);
        exits.push(exit);
        say(`${nth}: a web server left after ${Math.round(exit.ms)} ms with ${String(exit.code)}`);
        servers.splice(0, servers.length, ...others, await startServer(ground, balancer.url));
        await untilReady(balancer, servers);
      }
      await setTimeout(REST_MS);
      await load.stop();
      const {
        figures: { took },
        evidence: _evidence,
        ...report
      } = await ground.judge(ground.openDesk());
      const times = exits.map(({ ms }) => ms);
      const late = times.filter((ms) => ms > EXIT_WITHIN_MS).map((ms) => `${Math.round(ms)} ms`);
      const wrong = exits.flatMap(({ code }) => (code === ENDED_BY_SIGTERM ? [] : [`with ${String(code)}`]));
      return {
        ...report,
        figures: {
          webRestarts: { value: count, unit: "web servers restarted while people asked" },
          answers: { value: load.times.length, unit: "answers to them" },
          starts: { value: load.started.size, unit: "starts confirmed" },
          answerP99: { value: rounded(quantile(load.times, 0.99)), unit: "ms, p99 of answers" },
          exitMost: { value: rounded(Math.max(...times)), unit: "ms until the last server had left" },
          ...(took === undefined ? {} : { took }),
        },
        violations: [
          ...broken("nobody is answered with an error", load.faults),
          ...broken("no connection is lost", balancer.lost()),
          ...broken("a start that was confirmed is one run", await lostStarts(ground, load, workflowId)),
          ...broken("a web server that is asked to stop leaves in time", late),
          ...broken("a web server that is asked to stop leaves in order", wrong),
          ...report.violations,
        ],
      };
    } finally {
      await Promise.all(servers.filter(({ child }) => child.exitCode === null).map(stop));
      await balancer.stop();
    }
  });
