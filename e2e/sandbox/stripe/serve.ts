// The sandbox as a process of its own, beside the product: `up` starts it and tells it everything by its environment.
import { mkdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { readState, writeState } from "./account/state";
import { loadContract } from "./contract/cache";
import { type BillingSandbox, startBillingSandbox } from "./server";

const SAVE_AFTER_MS = 200;
const TICK_MS = 5_000;

interface Settings {
  port: number;
  secretKey: string;
  /** Where the product takes events, and the secret that they are signed with. */
  webhookUrl: string;
  webhookSecret: string;
  stateFile: string;
}

function settingsFrom(env: NodeJS.ProcessEnv): Settings {
  const read = (name: string, pattern: RegExp) => {
    const value = env[`BILLING_SANDBOX_${name}`] ?? "";
    if (!pattern.test(value)) throw new Error(`BILLING_SANDBOX_${name} is missing or wrong.`);
    return value;
  };
  return {
    port: Number(read("PORT", /^\d{1,5}$/)),
    // No other key is ever taken, least of all a real one.
    secretKey: read("KEY", /^sk_test_sandbox_[A-Za-z0-9_]{16,200}$/),
    webhookUrl: read("WEBHOOK_URL", /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\//),
    webhookSecret: read("WEBHOOK_SECRET", /^whsec_\w{16,}$/),
    stateFile: read("STATE", /^\//),
  };
}

/** Tells the product of every event: the one endpoint of each kind of ours, whatever address and secret it had before. */
function registerEndpoints(
  { account }: BillingSandbox,
  { secretKey, webhookUrl, webhookSecret }: Settings,
  version: string,
): void {
  const { store, clock } = account(secretKey).account;
  const before = store.get("webhook_endpoint", "we_product");
  store.put("webhook_endpoint", {
    ...{ id: "we_product", object: "webhook_endpoint", api_version: version, application: null },
    ...{ created: before?.created ?? clock.now(), description: "The product beside this sandbox", livemode: false },
    ...{ enabled_events: ["*"], metadata: {}, secret: webhookSecret, status: "enabled", url: webhookUrl },
  });
  const made = new Date(clock.now() * 1000).toISOString();
  store.put("v2.core.event_destination", {
    ...{ id: "ed_product", object: "v2.core.event_destination", created: made, updated: made, livemode: false },
    ...{
      description: "The product beside this sandbox",
      name: "The product",
      enabled_events: ["*"],
      status: "enabled",
    },
    ...{ event_payload: "thin", type: "webhook_endpoint" },
    webhook_endpoint: { url: new URL("events", webhookUrl).href, signing_secret: webhookSecret },
  });
}

async function serve(): Promise<void> {
  const settings = settingsFrom(process.env);
  const contract = await loadContract();
  mkdirSync(path.dirname(settings.stateFile), { recursive: true });
  const state = readState(settings.stateFile, contract.pin);
  const saving: { timer: NodeJS.Timeout | null } = { timer: null };
  const save = () => {
    saving.timer = null;
    writeState(settings.stateFile, contract.pin, sandbox.state());
  };
  const saveSoon = () => void (saving.timer ??= setTimeout(save, SAVE_AFTER_MS));
  const sandbox = await startBillingSandbox({ contract, port: settings.port, state, onRequest: saveSoon });
  registerEndpoints(sandbox, settings, contract.pin.apiVersion);
  save();
  const ticking = { isBusy: false };
  const tick = async () => {
    if (ticking.isBusy) return;
    ticking.isBusy = true;
    await sandbox.tick().finally(() => (ticking.isBusy = false));
    saveSoon();
  };
  const fail = (error: unknown) => {
    process.stderr.write(
      `The local billing sandbox: ${error instanceof Error ? (error.stack ?? "") : String(error)}\n`,
    );
  };
  setInterval(() => void tick().catch(fail), TICK_MS).unref();
  const stop = () => {
    save();
    void sandbox.stop().then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
}

await serve();
