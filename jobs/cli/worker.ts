import { createDatabase, databaseUrls } from "@/db/client";
import { createFunctions } from "@/jobs";
import { startWorker } from "@/jobs/engine";
import { checkLicence } from "@/jobs/platform/check-licence";
import { keepFlags } from "@/jobs/platform/keep-flags";
import { keepMarked } from "@/jobs/platform/keep-marked";
import { startRelay } from "@/jobs/platform/relay";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { copyEnvironment, engineKind, parseEnv } from "@/server/platform/env";
import { inngestClient } from "@/server/platform/inngest";
import { startTracing } from "@/server/platform/trace";
import { completeEnvironment } from "./local-state";

/** How long what is left may take to end by itself once all that was held is finished or given back (milliseconds). */
const LEAVE_MS = 250;

/**
 * Runs the embedded executor, or the relay when Inngest runs the functions, until a signal asks it to stop; what it
 * holds is finished or given back first.
 */
export async function runWorker(): Promise<number> {
  completeEnvironment("local");
  copyEnvironment();
  const env = parseEnv(process.env);
  checkLicence();
  await startTracing(env);
  const client = inngestClient();
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  const database = createDatabase(databaseUrls(env), env);
  const functions = createFunctions({ client, database, clock: systemClock, newId, env });
  // With Inngest the functions run over there; here remains the relay that hands it the outbox.
  const isEmbedded = engineKind(env) === "embedded";
  const worker = isEmbedded
    ? await startWorker({ database, client, functions, revision: env.CONDUCTOR_REVISION })
    : startRelay({ database, client });
  const flags = keepFlags();
  const marks = keepMarked({ database, kind: "worker", revision: env.CONDUCTOR_REVISION });
  await stopped;
  marks.stop();
  flags.stop();
  await worker.stop();
  // What a call that was given back still waits for keeps no process: it is another worker's by now.
  setTimeout(() => process.exit(0), LEAVE_MS).unref();
  await database.end();
  return 0;
}
