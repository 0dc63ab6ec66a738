import { createDatabase, databaseUrls } from "@/db/client";
import { createFunctions } from "@/jobs";
import { startWorker } from "@/jobs/engine";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";
import { completeEnvironment } from "./local-state";

/** Runs the embedded executor until a signal asks it to stop; what it holds is finished or given back first. */
export async function runWorker(): Promise<number> {
  completeEnvironment("local");
  const env = parseEnv(process.env);
  // The client reads the environment when it is loaded, so it is loaded after the environment is complete.
  const { inngest: client } = await import("@/server/platform/inngest");
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  const database = createDatabase(databaseUrls(env), env);
  const functions = createFunctions({ client, database, clock: systemClock, newId, env });
  const worker = await startWorker({ database, client, functions, revision: env.CONDUCTOR_REVISION });
  await stopped;
  await worker.stop();
  await database.end();
  return 0;
}
