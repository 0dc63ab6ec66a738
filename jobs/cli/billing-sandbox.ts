import { createHmac } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./local-state";
import { startProcess, type Started } from "./processes";

/** The local billing sandbox that a demo or local deployment sells through while it has no key of its own. */
export interface BillingSandbox {
  url: string;
  /** What the process is told. */
  environment: Readonly<Record<string, string>>;
}

/** What says where a deployment sells; one of them set, and it is somebody's own choice. */
const NAMES = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_BASE"] as const;

/** A secret of this deployment's own, from its master secret: the same at each start. */
function derived(secret: string, purpose: string): string {
  return createHmac("sha256", secret).update(`billing sandbox: ${purpose}`).digest("hex");
}

/** A port of this machine that nothing listens on; `wanted` when that is one. */
async function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort(0))));
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** The port of the start before, since addresses of pages hold it. */
function portBefore(file: string): number {
  const port = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
}

/**
 * Completes the environment with the local billing sandbox, where no key is set and money may not move; null elsewhere. With
 * `reset` it forgets what it knew.
 */
export async function chooseBillingSandbox(reset: boolean): Promise<BillingSandbox | null> {
  const { CONDUCTOR_MODE: mode, CONDUCTOR_HOME: home, CONDUCTOR_SECRET: secret } = process.env;
  const isChosen = NAMES.some((name) => process.env[name] !== undefined);
  if (mode === "production" || isChosen || home === undefined || secret === undefined) return null;
  const folder = path.join(home, "billing-sandbox");
  if (reset) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const portFile = path.join(folder, "port");
  const port = await freePort(portBefore(portFile));
  writeFileSync(portFile, `${port}\n`);
  const [url, key] = [`http://127.0.0.1:${port}`, `sk_test_sandbox_${derived(secret, "key")}`];
  const webhookSecret = `whsec_${derived(secret, "webhook")}`;
  Object.assign(process.env, { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_BASE: url });
  const environment = {
    BILLING_SANDBOX_PORT: String(port),
    BILLING_SANDBOX_KEY: key,
    // By the port and not the public URL: that may be another machine's.
    BILLING_SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${process.env.PORT ?? "3000"}/api/stripe/webhook`,
    BILLING_SANDBOX_WEBHOOK_SECRET: webhookSecret,
    BILLING_SANDBOX_STATE: path.join(folder, "state.json"),
  };
  return { url, environment };
}

/** Starts the sandbox; it gets its contract ready while everything else starts. */
export function startBillingSandbox({ environment }: BillingSandbox): Started {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const file = path.join(ROOT, "e2e", "sandbox", "stripe", "serve.ts");
  const { PATH, TMPDIR, TSX_DISABLE_CACHE, TSX_TSCONFIG_PATH } = process.env;
  // Nothing else of the deployment's environment: it holds secrets that the sandbox needs none of.
  return startProcess("billing sandbox", process.execPath, ["--import", loader, file], {
    ...{ NODE_ENV: "production", PATH, TMPDIR, TSX_DISABLE_CACHE, TSX_TSCONFIG_PATH, ...environment },
  });
}

/** Waits until a sandbox answers; gives up when it ended, or after so many milliseconds. */
export async function untilBillingSandboxAnswers(
  { url }: BillingSandbox,
  { child }: Started,
  withinMs: number,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while ((await fetch(url).catch(() => null))?.status !== 200) {
    if (child.exitCode !== null) throw new Error("The local billing sandbox ended at start; its log is above.");
    if (Date.now() > deadline) throw new Error(`The local billing sandbox does not answer at ${url}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
