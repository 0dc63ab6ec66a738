import { createDatabase, databaseUrls } from "@/db/client";
import { createFunctions } from "@/jobs";
import { startWorker } from "@/jobs/engine";
import { startRelay } from "@/jobs/platform/relay";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { copyEnvironment, engineKind, parseEnv } from "@/server/platform/env";
import { inngestClient } from "@/server/platform/inngest";
import { startTracing } from "@/server/platform/trace";
import { completeEnvironment } from "./local-state";

/**
 * Runs the embedded executor, or the relay when Inngest runs the functions, until a signal asks it to stop; what it
 * holds is finished or given back first.
 */
export async function runWorker(): Promise<number> {
  completeEnvironment("local");
  copyEnvironment();
  const env = parseEnv(process.env);
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
  await stopped;
  await worker.stop();
  await database.end();
  return 0;
}
