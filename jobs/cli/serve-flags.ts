import path from "node:path";
import { startEmbeddedPostgres } from "@/db/embedded";
import { startFlagServer } from "@/e2e/unleash/server";
import { parseEnv } from "@/server/platform/env";
import { completeEnvironment } from "./local-state";
import { settleFlags } from "./flags";
import { untilAskedToStop } from "./processes";

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Nobody but this machine reaches the server. */
const PASSWORD = "unleash4all";

/**
 * Starts an Unleash server for development, with a database of its own that stays, applies the flags of the catalogue and
 * says what the product has to be told; until a signal ends it.
 */
export async function serveFlags({ port }: { port: number }): Promise<number> {
  completeEnvironment("local");
  const { CONDUCTOR_HOME: home, UNLEASH_ENVIRONMENT: environment } = parseEnv(process.env);
  const stopped = untilAskedToStop();
  const postgres = await startEmbeddedPostgres({ folder: path.join(home, "unleash"), password: PASSWORD, say });
  try {
    const server = await startFlagServer({ databaseUrl: postgres.url, port, password: PASSWORD });
    try {
      await settleFlags({ url: server.url, token: server.adminToken, environment }, { apply: true });
      say(`Unleash: http://127.0.0.1:${port} (admin / ${PASSWORD}). For the product:`);
      say(`  UNLEASH_URL=${server.url}`);
      say(`  UNLEASH_API_TOKEN=${server.clientToken(environment)}`);
      say(`  UNLEASH_ADMIN_TOKEN=${server.adminToken}`);
      await stopped;
    } finally {
      await server.stop();
    }
  } finally {
    await postgres.stop();
  }
  return 0;
}
