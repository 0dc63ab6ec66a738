import path from "node:path";
import { createDatabase } from "@/db/client";
import { seedDemo } from "@/db/seed/demo";
import { CATALOGUE } from "@/policies/entitlements/catalogue";
import { draftWords } from "@/policies/entitlements/signing";
import { applyCatalogue, findSeller, findSignatures } from "@/server/billing";
import { collectRelease, deploymentOf } from "@/server/collectors";
import { systemClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { blobStoreOf } from "@/server/platform/blob-store";
import { type Env, parseEnv } from "@/server/platform/env";
import {
  type BillingSandbox,
  chooseBillingSandbox,
  startBillingSandbox,
  untilBillingSandboxAnswers,
} from "./billing-sandbox";
import { buildIfStale } from "./build";
import { completeEnvironment, gitRevision, ROOT } from "./local-state";
import { migrateDatabase, type OpenDatabase, openDatabase, rehearsalUrl } from "./open-database";
import { makeRelease } from "./release";
import { startProcess, type Started, stopProcess, untilAskedToStop, whyPortIsTaken } from "./processes";
import { writeDemoCard } from "./demo-card";

/** How long a part may take to finish what it holds when it is asked to stop. */
const STOP_GRACE_MS = 10_000;
const READY_WITHIN_MS = 60_000;
/**
 * Longer than load balancers keep a connection that is idle (60 s as they come): closed by us first, after Node's own 5 s,
 * it breaks under the request that is just being sent on it.
 */
const KEEP_ALIVE_MS = 65_000;
/**
 * Room for young objects, in MB (Node's own is 16). A page makes many that end with it: with more room fewer of them are
 * copied while they are still in use.
 */
const WEB_YOUNG_MB = 64;

const say = (line: string) => process.stderr.write(`· ${line}\n`);

/** The environment of the parts: the logins of both roles, never one that owns or makes databases, nor what writes flags. */
function partsEnvironment(e: Env, opened: OpenDatabase): NodeJS.ProcessEnv {
  const { DATABASE_URL: _owner, REHEARSAL_DATABASE_URL: _maker, UNLEASH_ADMIN_TOKEN: _admin, ...rest } = process.env;
  return {
    // Nothing stands before the one web server that would have to notice.
    SHUTDOWN_DELAY_SECONDS: "0",
    ...rest,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    CONDUCTOR_REVISION: e.CONDUCTOR_REVISION,
    DATABASE_APP_URL: opened.urls.app,
    DATABASE_ENGINE_URL: opened.urls.engine,
  };
}

async function untilReady(url: string, started: readonly Started[]): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const fallen = started.find(({ child }) => child.exitCode !== null);
    if (fallen !== undefined) throw new Error(`The ${fallen.name} ended at start; its log is above.`);
    const answer = await fetch(`${url}/api/ready`).catch(() => undefined);
    if (answer?.status === 200) return;
    if (Date.now() > deadline)
      throw new Error(`Not ready after ${READY_WITHIN_MS / 1_000} s: ${(await answer?.text()) ?? "no answer"}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function startParts(e: Env, opened: OpenDatabase, { dev }: UpOptions): Promise<Started[]> {
  const environment = partsEnvironment(e, opened);
  const REHEARSAL_DATABASE_URL = await rehearsalUrl(e, opened);
  const next = path.join(ROOT, "node_modules", "next", "dist", "bin", "next");
  const kept = dev ? [] : ["--keepAliveTimeout", String(KEEP_ALIVE_MS)];
  const serve = [
    `--max-semi-space-size=${WEB_YOUNG_MB}`,
    next,
    dev ? "dev" : "start",
    "-H",
    e.HOST,
    "-p",
    String(e.PORT),
    ...kept,
  ];
  const web = startProcess("web", process.execPath, serve, {
    ...environment,
    NODE_ENV: dev ? "development" : "production",
  });
  const worker = [...(dev ? ["--watch"] : []), path.join(ROOT, "jobs", "cli", "conductor.mjs"), "worker"];
  return [web, startProcess("worker", process.execPath, worker, { ...environment, REHEARSAL_DATABASE_URL })];
}

async function prepareData(e: Env, opened: OpenDatabase, { scene }: UpOptions): Promise<void> {
  await migrateDatabase(e, opened.ownerUrl);
  if (e.CONDUCTOR_MODE !== "demo") return;
  const database = createDatabase(opened.urls, e);
  try {
    await seedDemo(database);
    if (scene) await (await import("./demo/fill")).fillDemo(database);
  } finally {
    await database.end();
  }
}

/** Resolves with exit code 1 when a part ends that nobody asked to; stays silent once all are asked to. */
async function firstToFall(all: readonly Started[], stopped: Promise<unknown>): Promise<1> {
  const asked = { toStop: false };
  void stopped.then(() => (asked.toStop = true));
  const { name, child } = await Promise.race(all.map((part) => part.ended.then(() => part)));
  if (!asked.toStop) say(`${name} ended unexpectedly (${child.signalCode ?? child.exitCode ?? "could not start"})`);
  return 1;
}

export interface UpOptions {
  /** Start from empty data. */
  reset: boolean;
  /** Serve from sources that reload, instead of from a build. */
  dev: boolean;
  /** In a demo, with workflows, triggers and runs; without, only with its tenants and people. */
  scene: boolean;
}

/** Puts what the catalogue sells into the sandbox, where a draft may be sold, and says so. */
async function stockSandbox(e: Env, opened: OpenDatabase): Promise<void> {
  const seller = must(findSeller(e), "a sandbox was chosen, so there is a key");
  const database = createDatabase(opened.urls, e);
  const signatures = await findSignatures(database).finally(() => database.end());
  await applyCatalogue(seller.stripe, CATALOGUE, { isSandbox: true, signatures });
  const draft = draftWords(CATALOGUE, signatures);
  if (draft !== null) say(`${draft} Here no money moves, so it is sold all the same.`);
}

/** After the start, as a bill of materials takes seconds; the product serves without it. */
async function keepOwnRelease(e: Env, opened: OpenDatabase): Promise<void> {
  const database = createDatabase(opened.urls, e);
  try {
    await makeRelease(e);
    const blobs = blobStoreOf(e);
    await collectRelease({ database, blobs, clock: systemClock, newId, deployment: deploymentOf(e) });
  } catch (error) {
    say(`nothing is kept of this release: ${String(error)}`);
  } finally {
    await database.end();
  }
}

interface Bringing {
  e: Env;
  opened: OpenDatabase;
  sandbox: BillingSandbox | null;
  started: Started[];
  stopped: Promise<unknown>;
  options: UpOptions;
}

async function bringUp({ e, opened, sandbox, started, stopped, options }: Bringing): Promise<1> {
  // First of all: it reads the contract of its SDK while data and build are got ready.
  const selling = sandbox === null ? null : startBillingSandbox(sandbox);
  if (selling !== null) started.push(selling);
  await prepareData(e, opened, options);
  if (!options.dev) buildIfStale(say);
  started.push(...(await startParts(e, opened, options)));
  await untilReady(`http://${e.HOST}:${e.PORT}`, started);
  if (sandbox !== null && selling !== null) {
    await untilBillingSandboxAnswers(sandbox, selling, READY_WITHIN_MS);
    await stockSandbox(e, opened);
    say(`billing goes to the local sandbox, where no money moves: ${sandbox.url}/operator`);
  }
  if (e.CONDUCTOR_MODE === "demo") writeDemoCard(e);
  if (!options.dev) void keepOwnRelease(e, opened);
  say(`Maestro Conductor is ready: ${e.CONDUCTOR_PUBLIC_URL} (Ctrl-C stops it)`);
  return firstToFall(started, stopped);
}

/** `npm run up`: database, migrations, seed, build, web server and worker; one command, one URL. Returns the exit code. */
export async function up(options: UpOptions): Promise<number> {
  // From the first moment on: whatever was started by then is stopped in order.
  const stopped = untilAskedToStop().then(() => 0 as const);
  completeEnvironment("demo");
  process.env.CONDUCTOR_REVISION ??= gitRevision() ?? "unknown";
  const sandbox = await chooseBillingSandbox(options.reset);
  const e = parseEnv(process.env);
  const taken = await whyPortIsTaken(e.HOST, e.PORT);
  if (taken !== null) {
    say(taken);
    return 1;
  }
  say(e.DATABASE_URL === undefined ? "starting the embedded Postgres" : "using the Postgres of DATABASE_URL");
  const opened = await openDatabase(e, { join: false, reset: options.reset, say });
  const started: Started[] = [];
  try {
    return await Promise.race([stopped, bringUp({ e, opened, sandbox, started, stopped, options })]);
  } finally {
    await Promise.all(started.map((part) => stopProcess(part, STOP_GRACE_MS)));
    await opened.stop();
  }
}
