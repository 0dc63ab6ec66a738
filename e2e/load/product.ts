import { createDatabase, type Database, databaseUrls } from "@/db/client";
import { cloneDatabase, startTestCluster, TEST_SECRET } from "@/db/testing/cluster";
import { createFunctions } from "@/jobs";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { copyEnvironment, parseEnv } from "@/server/platform/env";
import { createEmbeddedClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";

/** What a worker, or the engine alone, is started with. */
export const executor = (database: Database) => {
  const client = createEmbeddedClient(createLogger("silent"));
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET });
  return { database, client, functions: createFunctions({ client, database, clock: systemClock, newId, env }) };
};

/** Lends a fresh database on a Postgres of its own that keeps every commit, and clears both away, however that ended. */
export async function withDatabase<T>(work: (database: Database, ownerUrl: string) => Promise<T>): Promise<T> {
  // The product's own log asks for the whole environment.
  process.env.CONDUCTOR_SECRET ??= TEST_SECRET;
  process.env.EGRESS_ALLOW ??= "127.0.0.0/8";
  process.env.LOG_LEVEL ??= "error";
  copyEnvironment();
  const cluster = await startTestCluster({});
  const ownerUrl = await cloneDatabase(cluster.templateUrl, "bench");
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: ownerUrl });
  const database = createDatabase(databaseUrls(env), env);
  try {
    return await work(database, ownerUrl);
  } finally {
    await database.end();
    await cluster.stop();
  }
}
